// Checks the appliance's receipts with npm's `jose`, which knows nothing of ours. Run by ./run.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compactVerify, createLocalJWKSet } from 'jose';

const site = JSON.parse(readFileSync(process.env.QUICKSTART_JSON, 'utf8'));
const jwks = await (await fetch(`${site.inferenceUrl}/.well-known/jwks.json`)).json();
const keys = createLocalJWKSet(jwks);

async function ask(stream) {
  const body = JSON.stringify({ model: site.model, messages: [{ role: 'user', content: 'Say hello.' }], stream });
  const answer = await fetch(`${site.inferenceUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.apiKey}`, 'content-type': 'application/json' },
    body,
  });
  return { body, answer, text: await answer.text() };
}

async function check(jws, request, answer) {
  const { payload, protectedHeader } = await compactVerify(jws, keys, { algorithms: ['EdDSA'] });
  const claims = JSON.parse(new TextDecoder().decode(payload));
  assert.equal(protectedHeader.typ, 'nr-receipt+jwt');
  const hash = (text) =>
    createHmac('sha256', Buffer.from(claims.content.salt, 'base64url')).update(text).digest('base64url');
  assert.equal(claims.content.request, hash(request));
  assert.equal(claims.content.answer, hash(answer));
  return claims;
}

const checks = {
  'verifies the receipt of a whole answer': async () => {
    const { body, answer, text } = await ask(false);
    const claims = await check(answer.headers.get('nr-receipt'), body, text);
    assert.equal(claims.jti, answer.headers.get('x-request-id'));
    assert.equal(claims.asked, site.model);
  },
  'verifies the receipt at the end of a stream': async () => {
    const { body, text } = await ask(true);
    const at = text.indexOf(': nr-receipt ');
    await check(text.slice(at + ': nr-receipt '.length).trim(), body, text.slice(0, at));
  },
  'refuses every altered byte of the payload': async () => {
    const { answer } = await ask(false);
    const [head, payload, signature] = answer.headers.get('nr-receipt').split('.');
    const bytes = Buffer.from(payload, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      await assert.rejects(compactVerify(`${head}.${bytes.toString('base64url')}.${signature}`, keys), `byte ${i}`);
      bytes[i] ^= 1;
    }
  },
};

for (const [name, run] of Object.entries(checks)) {
  await run();
  console.log(`ok ${name}`);
}
