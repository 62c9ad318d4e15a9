// Runs checks one after the other and prints what came of them; ends the process.
import { readFileSync } from 'node:fs';

export const site = JSON.parse(readFileSync(process.env.QUICKSTART_JSON, 'utf8'));
/** The models whose answers are those of upstream.mjs. */
export const scripted = { chat: 'scripted-chat', embeddings: 'scripted-embeddings' };
/** A PNG of one pixel. */
export const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';
export const pixelBytes = Buffer.from(pixel, 'base64').length;
export const schema = {
  type: 'object', additionalProperties: false, required: ['city', 'degrees'],
  properties: { city: { type: 'string' }, degrees: { type: 'integer' } },
};
export const cityOnly = {
  type: 'object', additionalProperties: false, required: ['city'], properties: { city: { type: 'string' } },
};

/** How many streams the upstream has seen closed before their end. */
export async function closedEarly() {
  return (await fetch(`${process.env.SCRIPTED_URL}/closed-early`)).json();
}

/** Polls until the condition holds, for two seconds. */
export async function until(condition) {
  const deadline = Date.now() + 2000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within 2 s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function run(checks) {
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
}
