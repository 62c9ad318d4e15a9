// A model server with OpenAI's API whose answers are written down: what it is asked decides what it says.
// Prints its port, and ends with its standard input. Run by ./run.
import { createServer } from 'node:http';

let closedEarly = 0;
const refusedOnce = new Set();
const CALLS = [
  { id: 'call_zurich', name: 'temperature', arguments: '{"city":"Zürich"}' },
  { id: 'call_basel', name: 'temperature', arguments: '{"city":"Basel"}' },
];

const FORECAST = '{"city":"Zürich","degrees":18}';

function told(body) {
  const last = body.messages.at(-1);
  const parts = Array.isArray(last.content) ? last.content : [{ type: 'text', text: last.content }];
  return {
    results: body.messages.filter((message) => message.role === 'tool').length,
    image: parts.find((part) => part.type === 'image_url')?.image_url.url,
    text: parts.filter((part) => part.type === 'text').map((part) => part.text).join(''),
  };
}

/** What the model says: text, or calls. Vercel's provider for Anthropic asks for a schema by a tool named json. */
function reply(body) {
  const { results, image } = told(body);
  if (body.tools?.[0].function.name === 'json') return { calls: [{ id: 'call_json', name: 'json', arguments: FORECAST }] };
  if (body.tools && results === 0) return { calls: CALLS };
  if (results > 0) return { text: `${results} results were read.` };
  if (body.response_format?.type === 'json_schema') return { text: FORECAST };
  if (image) return { text: `An image of ${Buffer.from(image.split(',')[1], 'base64').length} bytes.` };
  return { text: 'Grüezi mitenand, and hello.' };
}

const usage = { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20 };

function whole(body) {
  const { text = null, calls } = reply(body);
  const message = { role: 'assistant', content: text };
  if (calls) {
    message.tool_calls = calls.map(({ id, name, arguments: json }) => ({ id, type: 'function', function: { name, arguments: json } }));
  }
  return {
    id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: body.model, usage,
    choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }],
  };
}

/** Arguments come in pieces of three characters, the calls one behind the other. */
function* deltas(body) {
  const { text, calls } = reply(body);
  yield { role: 'assistant', content: calls ? null : '' };
  for (const piece of text?.match(/.{1,4}/gsu) ?? []) yield { content: piece };
  for (const [index, { id, name, arguments: json }] of (calls ?? []).entries()) {
    yield { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] };
    for (const piece of json.match(/.{1,3}/gsu)) yield { tool_calls: [{ index, function: { arguments: piece } }] };
  }
}

function stream(body, response) {
  const chunk = (rest) => `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: body.model, ...rest })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const delta of deltas(body)) response.write(chunk({ choices: [{ index: 0, delta, finish_reason: null }] }));
  if (told(body).text === 'Never end.') {
    const timer = setInterval(() => response.write(chunk({ choices: [{ index: 0, delta: { content: '.' }, finish_reason: null }] })), 20);
    response.on('close', () => { clearInterval(timer); closedEarly++; });
    return;
  }
  response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: reply(body).calls ? 'tool_calls' : 'stop' }] }));
  if (body.stream_options?.include_usage) response.write(chunk({ choices: [], usage }));
  response.end('data: [DONE]\n\n');
}

function embeddings(body) {
  const inputs = Array.isArray(body.input) ? body.input : [body.input];
  const vector = [0.25, -0.5, 1];
  const embedding = body.encoding_format === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector;
  return {
    object: 'list', model: body.model, usage: { prompt_tokens: 3, total_tokens: 3 },
    data: inputs.map((_, index) => ({ object: 'embedding', index, embedding })),
  };
}

/** The last document is the best. */
function ranked(body) {
  const results = body.documents.map((_, index) => ({ index, relevance_score: 0.5 + index / 4 })).reverse();
  return { id: 'rank-1', results: results.slice(0, body.top_n ?? results.length), usage: { total_tokens: 7 } };
}

/** What it heard: how many bytes the file has, and what the other fields say. */
function transcript(form, response) {
  const file = form.get('file');
  const text = `${file.name} of ${file.size} bytes in ${form.get('language')}.`;
  if (form.get('stream') !== 'true') {
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text, usage: { type: 'tokens', input_tokens: 9, output_tokens: 3, total_tokens: 12 } }));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const delta of text.match(/.{1,4}/gsu)) response.write(`data: ${JSON.stringify({ type: 'transcript.text.delta', delta })}\n\n`);
  response.end(`data: ${JSON.stringify({ type: 'transcript.text.done', text })}\n\n`);
}

function answer(url, body, response) {
  const json = (status, value, headers = {}) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  if (url === '/closed-early') return json(200, closedEarly);
  if (url === '/v1/embeddings') return json(200, embeddings(body));
  if (url === '/v1/rerank') return json(200, ranked(body));
  if (url !== '/v1/chat/completions') return json(404, { error: { message: 'not here', type: 'invalid_request_error' } });
  const { text } = told(body);
  if (text.startsWith('Not now') && !refusedOnce.has(text)) {
    refusedOnce.add(text);
    return json(429, { error: { message: 'slow down', type: 'rate_limit_error' } }, { 'retry-after': '2' });
  }
  return body.stream ? stream(body, response) : json(200, whole(body));
}

const server = createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', async () => {
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/form-data')) {
      return transcript(await new Response(Buffer.concat(pieces), { headers: { 'content-type': type } }).formData(), response);
    }
    answer(request.url, pieces.length ? JSON.parse(Buffer.concat(pieces)) : null, response);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
