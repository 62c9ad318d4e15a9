// What an app with the official npm package `cohere-ai`, unmodified, meets at the appliance when it ranks
// documents, as vLLM does it too. Run by ./run.
import assert from 'node:assert/strict';
import { CohereClientV2, CohereError } from 'cohere-ai';
import { run, scripted, site } from './checks.mjs';

const app = (token) => new CohereClientV2({ token, environment: site.inferenceUrl, clientName: 'check' });
const client = app(site.apiKey);
const ask = { model: scripted.chat, query: 'Where is it warm?', documents: ['Bern', 'Palermo'] };
const once = { maxRetries: 0 };

await run({
  'ranks documents': async () => {
    const { id, results } = await client.rerank({ ...ask, topN: 1 }, once);
    assert.deepEqual(results, [{ index: 1, relevanceScore: 0.75 }]);
    assert.equal(id, 'rank-1');
  },

  'throws UnauthorizedError for a wrong key': () =>
    assert.rejects(app('nr_wrong').rerank(ask, once), (error) => error instanceof CohereError && error.statusCode === 401),

  'throws NotFoundError with a sentence for an unknown model': () =>
    assert.rejects(client.rerank({ ...ask, model: 'no-such-model' }, once), (error) =>
      error instanceof CohereError && error.statusCode === 404 && /There is no such model/.test(JSON.stringify(error.body))),
});
