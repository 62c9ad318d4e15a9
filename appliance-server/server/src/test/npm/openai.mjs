// What an app with the official npm package `openai`, unmodified, meets at the appliance. Run by ./run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import OpenAI, {
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
} from 'openai';

const site = JSON.parse(readFileSync(process.env.QUICKSTART_JSON, 'utf8'));
const baseURL = `${site.inferenceUrl}/v1`;
const client = new OpenAI({ baseURL, apiKey: site.apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Say hello.' }];

const checks = {
  'completes a chat': async () => {
    const answer = await client.chat.completions.create({ model: site.model, messages });
    assert.ok(answer.choices[0].message.content.length > 0);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(answer.usage.total_tokens > 0);
    assert.ok(answer._request_id, 'an answer carries its request id');
  },

  'streams a chat': async () => {
    const whole = (await client.chat.completions.create({ model: site.model, messages })).choices[0].message.content;
    const stream = await client.chat.completions.create({ model: site.model, messages, stream: true });
    let text = '';
    let pieces = 0;
    for await (const chunk of stream) {
      assert.equal(chunk.usage ?? null, null, 'usage was not asked for');
      text += chunk.choices[0].delta.content ?? '';
      pieces++;
    }
    assert.equal(text, whole);
    assert.ok(pieces > 2, `came in ${pieces} pieces`);
  },

  'tells the usage of a stream to whom asks': async () => {
    const stream = await client.chat.completions.create({
      model: site.model, messages, stream: true, stream_options: { include_usage: true },
    });
    let usage;
    for await (const chunk of stream) usage = chunk.usage ?? usage;
    assert.ok(usage.total_tokens > 0);
  },

  'lists the models of the key': async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(ids.includes(site.model), `${site.model} is not in ${ids}`);
    assert.equal((await client.models.retrieve(site.model)).id, site.model);
  },

  'throws AuthenticationError for a wrong key': () =>
    assert.rejects(
      new OpenAI({ baseURL, apiKey: 'nr_wrong', maxRetries: 0 }).chat.completions.create({ model: site.model, messages }),
      (error) => error instanceof AuthenticationError && error.status === 401 && error.code === 'invalid_api_key' && !!error.requestID),

  'throws NotFoundError for an unknown model': () =>
    assert.rejects(
      client.chat.completions.create({ model: 'no-such-model', messages }),
      (error) => error instanceof NotFoundError && error.code === 'model_not_found'),

  'throws BadRequestError that names the field': () =>
    assert.rejects(
      client.chat.completions.create({ model: site.model, messages: 'hello' }),
      (error) => error instanceof BadRequestError && error.param === 'messages'),

  'throws InternalServerError when every upstream is dead': () =>
    assert.rejects(
      client.chat.completions.create({ model: process.env.DEAD_MODEL, messages }),
      (error) => error instanceof InternalServerError && error.status === 502),

  'stops when a stream is aborted': async () => {
    const stream = await client.chat.completions.create({ model: site.model, messages, stream: true });
    for await (const chunk of stream) {
      assert.ok(chunk.id);
      stream.controller.abort();
      break;
    }
    assert.ok((await client.chat.completions.create({ model: site.model, messages })).id, 'the next request is served');
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${error.stack ?? error}`);
  }
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
