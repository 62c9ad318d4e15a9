// What an app with the official npm package `@anthropic-ai/sdk`, unmodified, meets at the appliance, whose
// upstream speaks OpenAI's API. Run by ./run.
import assert from 'node:assert/strict';
import Anthropic, { APIUserAbortError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError } from '@anthropic-ai/sdk';
import { cityOnly, closedEarly, pixel, pixelBytes, run, schema, scripted, site, until } from './checks.mjs';

const client = new Anthropic({ baseURL: site.inferenceUrl, apiKey: site.apiKey, maxRetries: 0 });
const ask = (content, more = {}) => ({ model: scripted.chat, max_tokens: 100, messages: [{ role: 'user', content }], ...more });
const tools = [{ name: 'temperature', description: 'of a city, in degrees', input_schema: cityOnly }];
const cities = (message) => message.content.filter((block) => block.type === 'tool_use').map((block) => block.input.city);

await run({
  'creates a message': async () => {
    const message = await client.messages.create(ask('Say hello.', { system: 'Be brief.' }));
    assert.equal(message.content[0].text, 'Grüezi mitenand, and hello.');
    assert.equal(message.stop_reason, 'end_turn');
    assert.deepEqual([message.usage.input_tokens, message.usage.output_tokens], [12, 8]);
    assert.ok(message._request_id, 'an answer carries its request id');
  },

  'takes what it calls beta': async () => {
    const message = await client.beta.messages.create({ ...ask('Say hello.'), betas: ['interleaved-thinking-2025-05-14'] });
    assert.equal(message.content[0].text, 'Grüezi mitenand, and hello.');
    const stream = client.beta.messages.stream(ask('Say hello.'));
    assert.equal(await stream.finalText(), 'Grüezi mitenand, and hello.');
  },

  'lists models by the page': async () => {
    const ids = [];
    for await (const model of client.models.list({ limit: 2 })) ids.push(model.id);
    assert.deepEqual(ids, ['dead-chat', 'demo-chat', 'scripted-chat', 'scripted-embeddings']);
  },

  'streams a message': async () => {
    const stream = client.messages.stream(ask('Say hello.'));
    let text = '';
    stream.on('text', (piece) => { text += piece; });
    const message = await stream.finalMessage();
    assert.equal(text, 'Grüezi mitenand, and hello.');
    assert.equal(message.content[0].text, text);
    assert.equal(message.usage.output_tokens, 8);
  },

  'calls tools in parallel and reads their results': async () => {
    const first = await client.messages.create(ask('How warm is it?', { tools }));
    assert.equal(first.stop_reason, 'tool_use');
    assert.deepEqual(cities(first), ['Zürich', 'Basel']);
    const results = first.content.filter((block) => block.type === 'tool_use')
      .map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: '18' }));
    const second = await client.messages.create(ask('How warm is it?', {
      tools,
      messages: [{ role: 'user', content: 'How warm is it?' }, { role: 'assistant', content: first.content }, { role: 'user', content: results }],
    }));
    assert.equal(second.content[0].text, '2 results were read.');
  },

  'streams the arguments of parallel tool calls': async () => {
    let pieces = 0;
    const stream = client.messages.stream(ask('How warm is it?', { tools }));
    stream.on('inputJson', () => { pieces++; });
    assert.deepEqual(cities(await stream.finalMessage()), ['Zürich', 'Basel']);
    assert.ok(pieces > 4, `came in ${pieces} pieces`);
  },

  'shows an image': async () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } };
    const message = await client.messages.create(ask([image, { type: 'text', text: 'What is it?' }]));
    assert.equal(message.content[0].text, `An image of ${pixelBytes} bytes.`);
  },

  'gets an answer in a schema': async () => {
    const message = await client.messages.create(ask('How warm is it?', { output_config: { format: { type: 'json_schema', schema } } }));
    assert.deepEqual(JSON.parse(message.content[0].text), { city: 'Zürich', degrees: 18 });
  },

  'throws AuthenticationError for a wrong key': () =>
    assert.rejects(
      new Anthropic({ baseURL: site.inferenceUrl, apiKey: 'nr_wrong', maxRetries: 0 }).messages.create(ask('Say hello.')),
      (error) => error instanceof AuthenticationError && error.status === 401 && error.error.error.type === 'authentication_error' && !!error.requestID),

  'throws NotFoundError for an unknown model': () =>
    assert.rejects(
      client.messages.create({ ...ask('Say hello.'), model: 'no-such-model' }),
      (error) => error instanceof NotFoundError && error.error.error.type === 'not_found_error'),

  'throws BadRequestError that names the field': () =>
    assert.rejects(
      client.messages.create({ ...ask('Say hello.'), messages: 'hello' }),
      (error) => error instanceof BadRequestError && error.message.includes('messages')),

  'throws InternalServerError when every upstream is dead': () =>
    assert.rejects(
      client.messages.create({ ...ask('Say hello.'), model: process.env.DEAD_MODEL }),
      (error) => error instanceof InternalServerError && error.error.type === 'error'),

  'waits as long as retry-after says': async () => {
    const patient = new Anthropic({ baseURL: site.inferenceUrl, apiKey: site.apiKey, maxRetries: 1 });
    const began = Date.now();
    const message = await patient.messages.create(ask('Not now, Anthropic.'));
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(Date.now() - began >= 1000, `waited ${Date.now() - began} ms`);
  },

  'ends the upstream\'s stream when its own is aborted': async () => {
    const before = await closedEarly();
    const stream = client.messages.stream(ask('Never end.'));
    stream.on('text', (_, whole) => { if (whole.endsWith('...')) stream.abort(); });
    await assert.rejects(stream.finalMessage(), APIUserAbortError);
    await until(async () => (await closedEarly()) === before + 1);
  },
});
