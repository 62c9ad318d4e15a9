// What an app with Vercel's npm package `ai`, unmodified, meets at the appliance: with its providers for OpenAI
// (chat and responses), for what is compatible with OpenAI, and for Anthropic. Run by ./run.
import assert from 'node:assert/strict';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { cityOnly, closedEarly, pixel, pixelBytes, run, schema, scripted, site, until } from './checks.mjs';

const at = { baseURL: `${site.inferenceUrl}/v1`, apiKey: site.apiKey };
const openai = createOpenAI(at);
const anthropic = createAnthropic(at);
const compatible = createOpenAICompatible({ ...at, name: 'appliance', supportsStructuredOutputs: true, includeUsage: true });
const models = {
  'chat': openai.chat(scripted.chat),
  'responses': openai.responses(scripted.chat),
  'compatible': compatible(scripted.chat),
  'messages': anthropic(scripted.chat),
};
globalThis.AI_SDK_LOG_WARNINGS = false;
const said = 'Grüezi mitenand, and hello.';
const ask = (model, prompt, more = {}) => ({ model, prompt, maxRetries: 0, ...more });

const checks = {};
for (const [name, model] of Object.entries(models)) {
  checks[`${name}: generates text`] = async () => {
    const { text, usage, finishReason } = await generateText(ask(model, 'Say hello.', { instructions: 'Be brief.' }));
    assert.equal(text, said);
    assert.equal(finishReason, 'stop');
    assert.deepEqual([usage.inputTokens, usage.outputTokens], [12, 8]);
  };

  checks[`${name}: streams text`] = async () => {
    const { textStream, usage } = streamText(ask(model, 'Say hello.'));
    const pieces = [];
    for await (const piece of textStream) pieces.push(piece);
    assert.equal(pieces.join(''), said);
    assert.ok(pieces.length > 2, `came in ${pieces.length} pieces`);
    assert.equal((await usage).outputTokens, 8);
  };

  for (const [how, generate] of [['calls', generateText], ['streams calls of', streamText]]) {
    checks[`${name}: ${how} tools in parallel and reads their results`] = async () => {
      const asked = [];
      const temperature = tool({
        description: 'of a city, in degrees', inputSchema: jsonSchema(cityOnly), execute: async ({ city }) => { asked.push(city); return 18; },
      });
      const result = await generate(ask(model, 'How warm is it?', { tools: { temperature }, stopWhen: stepCountIs(2) }));
      assert.equal(await result.text, '2 results were read.');
      assert.deepEqual(asked.sort(), ['Basel', 'Zürich']);
    };
  }

  checks[`${name}: shows an image`] = async () => {
    const content = [{ type: 'text', text: 'What is it?' }, { type: 'file', data: Buffer.from(pixel, 'base64'), mediaType: 'image/png' }];
    const { text } = await generateText({ model, messages: [{ role: 'user', content }], maxRetries: 0 });
    assert.equal(text, `An image of ${pixelBytes} bytes.`);
  };

  checks[`${name}: gets an answer in a schema`] = async () => {
    const { output } = await generateText(ask(model, 'How warm is it?', { output: Output.object({ schema: jsonSchema(schema) }) }));
    assert.deepEqual(output, { city: 'Zürich', degrees: 18 });
  };

  checks[`${name}: ends the upstream's stream when its own is aborted`] = async () => {
    const before = await closedEarly();
    const abort = new AbortController();
    let text = '';
    for await (const piece of streamText(ask(model, 'Never end.', { abortSignal: abort.signal })).textStream) {
      text += piece;
      if (text.endsWith('...')) abort.abort();
    }
    await until(async () => (await closedEarly()) === before + 1);
  };
}

checks['embeds, in numbers'] = async () => {
  const { embeddings } = await embedMany({ model: openai.embedding(scripted.embeddings), values: ['one', 'two'], maxRetries: 0 });
  assert.deepEqual(embeddings, [[0.25, -0.5, 1], [0.25, -0.5, 1]]);
};

checks['throws APICallError for a wrong key'] = () =>
  assert.rejects(
    generateText(ask(createOpenAI({ ...at, apiKey: 'nr_wrong' }).chat(scripted.chat), 'Say hello.')),
    (error) => APICallError.isInstance(error) && error.statusCode === 401 && !error.isRetryable);

checks['tries again after a 429'] = async () => {
  const began = Date.now();
  const { text } = await generateText({ model: models.chat, prompt: 'Not now, ai.', maxRetries: 1 });
  assert.equal(text, said);
  assert.ok(Date.now() - began >= 1000, `waited ${Date.now() - began} ms`);
};

await run(checks);
