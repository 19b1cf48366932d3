import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import OpenAI from 'openai';

const PROGRAM = path.join(import.meta.dirname, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');

/** The gateway in a process of its own, asked as its documentation says: strategy `fallback`, a `request_timeout` for each target. */
export async function start({ claudeUrl, gptUrl, apiKey, claudeModel, gptModel, thresholdMs, system, messages, maxTokens }) {
  const port = await freePort();
  const child = spawn(process.execPath, [PROGRAM, `--port=${port}`, '--headless'], { stdio: 'ignore' });
  process.once('exit', () => child.kill());
  await untilListening(port);
  const target = { api_key: apiKey, request_timeout: thresholdMs, retry: { attempts: 0 } };
  const config = {
    strategy: { mode: 'fallback' },
    targets: [
      { ...target, provider: 'anthropic', custom_host: `${claudeUrl}/v1`, override_params: { model: claudeModel } },
      { ...target, provider: 'openai', custom_host: gptUrl, override_params: { model: gptModel } },
    ],
  };
  const client = new OpenAI({
    baseURL: `http://127.0.0.1:${port}/v1`,
    apiKey,
    maxRetries: 0,
    timeout: 3 * thresholdMs,
    defaultHeaders: { 'x-portkey-config': JSON.stringify(config) },
  });
  return {
    async answer(screen, signal) {
      const request = {
        model: claudeModel,
        stream: true,
        max_completion_tokens: maxTokens,
        messages: [{ role: 'system', content: system }, ...messages],
      };
      let finish;
      for await (const chunk of await client.chat.completions.create(request, { signal })) {
        screen.append(chunk.choices?.[0]?.delta?.content ?? '');
        finish = chunk.choices?.[0]?.finish_reason ?? finish;
      }
      if (finish === undefined) throw new Error('the stream ended without a finish_reason');
    },
    async stop() {
      child.kill();
    },
  };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilListening(port) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the gateway did not start');
}
