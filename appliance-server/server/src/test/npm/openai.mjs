// What an app with the official npm package `openai`, unmodified, meets at the appliance. Run by ./run.
import assert from 'node:assert/strict';
import OpenAI, {
  toFile,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
} from 'openai';
import { cityOnly, closedEarly, pixel, pixelBytes, run, schema, scripted, site, until } from './checks.mjs';

const baseURL = `${site.inferenceUrl}/v1`;
const client = new OpenAI({ baseURL, apiKey: site.apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Say hello.' }];
const ask = (content, more = {}) => ({ model: scripted.chat, messages: [{ role: 'user', content }], ...more });
const tools = [{ type: 'function', function: { name: 'temperature', description: 'of a city, in degrees', parameters: cityOnly } }];
const cities = (message) => message.tool_calls.map((call) => JSON.parse(call.function.arguments).city);

await run({
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

  'calls tools in parallel and reads their results': async () => {
    const first = (await client.chat.completions.create(ask('How warm is it?', { tools }))).choices[0];
    assert.equal(first.finish_reason, 'tool_calls');
    assert.deepEqual(cities(first.message), ['Zürich', 'Basel']);
    const results = first.message.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: '18' }));
    const second = await client.chat.completions.create({
      model: scripted.chat, tools, messages: [{ role: 'user', content: 'How warm is it?' }, first.message, ...results],
    });
    assert.equal(second.choices[0].message.content, '2 results were read.');
  },

  'streams the arguments of parallel tool calls': async () => {
    const message = await client.chat.completions.stream(ask('How warm is it?', { tools })).finalMessage();
    assert.deepEqual(cities(message), ['Zürich', 'Basel']);
  },

  'shows an image': async () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } };
    const answer = await client.chat.completions.create(ask([{ type: 'text', text: 'What is it?' }, image]));
    assert.equal(answer.choices[0].message.content, `An image of ${pixelBytes} bytes.`);
  },

  'gets an answer in a schema': async () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'weather', strict: true, schema } };
    const answer = await client.chat.completions.parse(ask('How warm is it?', { response_format }));
    assert.deepEqual(JSON.parse(answer.choices[0].message.content), { city: 'Zürich', degrees: 18 });
  },

  'creates and streams a response': async () => {
    const response = await client.responses.create({ model: scripted.chat, input: 'Say hello.' });
    assert.equal(response.output_text, 'Grüezi mitenand, and hello.');
    let text = '';
    for await (const event of await client.responses.create({ model: scripted.chat, input: 'Say hello.', stream: true })) {
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    assert.equal(text, response.output_text);
  },

  'embeds, in Base64 as the SDK asks for': async () => {
    const { data } = await client.embeddings.create({ model: scripted.embeddings, input: ['one', 'two'] });
    assert.deepEqual(data.map((each) => each.embedding), [[0.25, -0.5, 1], [0.25, -0.5, 1]]);
  },

  'transcribes a sound, whole and streamed': async () => {
    const sound = async () => ({ model: scripted.chat, language: 'de', file: await toFile(Buffer.from('RIFF\0a sound'), 'a.wav', { type: 'audio/wav' }) });
    const { text } = await client.audio.transcriptions.create(await sound());
    assert.equal(text, 'a.wav of 12 bytes in de.');
    let streamed = '';
    for await (const event of await client.audio.transcriptions.create({ ...(await sound()), stream: true })) streamed += event.delta ?? '';
    assert.equal(streamed, text);
  },

  'waits as long as retry-after says': async () => {
    const patient = new OpenAI({ baseURL, apiKey: site.apiKey, maxRetries: 1 });
    const began = Date.now();
    const answer = await patient.chat.completions.create(ask('Not now, OpenAI.'));
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(Date.now() - began >= 1000, `waited ${Date.now() - began} ms`);
  },

  'ends the upstream\'s stream when its own is aborted': async () => {
    const before = await closedEarly();
    const stream = await client.chat.completions.create(ask('Never end.', { stream: true }));
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0].delta.content ?? '';
      if (text.endsWith('...')) stream.controller.abort();
    }
    await until(async () => (await closedEarly()) === before + 1);
    assert.ok((await client.chat.completions.create({ model: site.model, messages })).id, 'the next request is served');
  },
});
