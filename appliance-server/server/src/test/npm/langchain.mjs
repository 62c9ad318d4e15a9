// What an app with LangChain's npm packages, unmodified, meets at the appliance: chats, responses and embeddings by
// its package for OpenAI, messages by the one for Anthropic. Run by ./run.
import assert from 'node:assert/strict';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { run, schema, scripted, site } from './checks.mjs';

const openai = { apiKey: site.apiKey, configuration: { baseURL: `${site.inferenceUrl}/v1` }, maxRetries: 0 };
const models = {
  'chat': new ChatOpenAI({ ...openai, model: scripted.chat }),
  'responses': new ChatOpenAI({ ...openai, model: scripted.chat, useResponsesApi: true }),
  'messages': new ChatAnthropic({ apiKey: site.apiKey, anthropicApiUrl: site.inferenceUrl, model: scripted.chat, maxTokens: 64, maxRetries: 0 }),
};
const said = 'Grüezi mitenand, and hello.';
const temperature = tool(async () => '18', { name: 'temperature', description: 'of a city, in degrees', schema });

const checks = {};
for (const [name, model] of Object.entries(models)) {
  checks[`${name}: generates text`] = async () => {
    const answer = await model.invoke([new SystemMessage('Be brief.'), new HumanMessage('Say hello.')]);
    assert.equal(answer.text, said);
    assert.deepEqual([answer.usage_metadata.input_tokens, answer.usage_metadata.output_tokens], [12, 8]);
  };

  checks[`${name}: streams text`] = async () => {
    const pieces = [];
    for await (const piece of await model.stream('Say hello.')) pieces.push(piece.text);
    assert.equal(pieces.join(''), said);
    assert.ok(pieces.length > 2, `came in ${pieces.length} pieces`);
  };

  checks[`${name}: calls tools in parallel`] = async () => {
    const { tool_calls: calls } = await model.bindTools([temperature]).invoke('How warm is it?');
    assert.deepEqual(calls.map(({ args }) => args.city), ['Zürich', 'Basel']);
  };
}

checks['chat: gets an answer in a schema'] = async () => {
  const answer = await models.chat.withStructuredOutput(schema, { method: 'jsonSchema', name: 'forecast' }).invoke('How warm is it?');
  assert.deepEqual(answer, { city: 'Zürich', degrees: 18 });
};

checks['embeds a text'] = async () => {
  assert.deepEqual(await new OpenAIEmbeddings({ ...openai, model: scripted.embeddings }).embedQuery('x'), [0.25, -0.5, 1]);
};

await run(checks);
