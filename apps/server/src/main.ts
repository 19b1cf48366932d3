import { fileURLToPath } from 'node:url';
import { createIds, messageOf, StepdownError, systemClock } from '@stepdown/kernel';
import { newSetUpLink } from './access/sign-in.ts';
import { composeServer, type RunningServer } from './compose.ts';
import { loadConfig } from './environment.ts';
import { createLogger } from './logger.ts';
import { closeOnSignal } from './shutdown.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function start(): Promise<void> {
  const config = await loadConfig({ root, environment: process.env });
  const log = createLogger(config.logLevel);
  process.on('unhandledRejection', (cause) => log.error({ cause }, 'A promise was rejected and nobody looked.'));
  const server = await composeServer({ config, root, log });
  closeOnSignal(server, log);
  await greet(server);
}

async function greet(server: RunningServer): Promise<void> {
  const { url, config, store } = server;
  const lines = [
    '',
    `Stepdown is running at ${url}`,
    `  demo shop   ${url}/`,
    `  console     ${url}/console`,
    `  status      ${url}/status`,
    `  embed       <script async src="${config.publicUrl ?? url}/widget.js" data-site="default"></script>`,
    '',
    ...providerLines(server),
  ];
  const link = await newSetUpLink({ store, clock: systemClock, newId: createIds({ clock: systemClock, random: Math.random }) });
  if (link !== undefined)
    lines.push('', 'No agent has an account yet. Create the first one (link valid for 7 days, once):', `  ${url}/console#/set-up/${link}`);
  console.log(`${lines.join('\n')}\n`);
}

function providerLines({ config, simulator }: RunningServer): string[] {
  if (simulator !== undefined) {
    return [
      'No provider key is set: Claude and GPT are SIMULATED on this machine. Set ANTHROPIC_API_KEY or OPENAI_API_KEY for real answers.',
      'Break them with the remote control on the demo page.',
    ];
  }
  const configured = [
    config.claude.apiKey === undefined ? undefined : `Claude (${config.claude.models.join(', ')})`,
    config.gpt.apiKey === undefined ? undefined : `GPT (${config.gpt.models.join(', ')})`,
    config.openModel.baseUrl === undefined ? undefined : `open models (${config.openModel.models.join(', ')})`,
  ].filter((each) => each !== undefined);
  if (configured.length === 0)
    return ['No provider is configured: the FAQ and people answer. Set ANTHROPIC_API_KEY or OPENAI_API_KEY for AI answers.'];
  return [`Answers come from ${configured.join(', then ')}, then the FAQ, then people.`];
}

start().catch((cause: unknown) => {
  if (cause instanceof StepdownError) console.error(`\nStepdown can't start (${cause.code}).\n${cause.message}\n→ ${cause.remedy}\n`);
  else console.error(`\nStepdown can't start: ${messageOf(cause)}\n`, cause);
  process.exit(1);
});
