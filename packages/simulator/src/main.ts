#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    'port-claude': { type: 'string', default: '0' },
    'port-gpt': { type: 'string', default: '0' },
    'port-open-model': { type: 'string', default: '0' },
    'port-control': { type: 'string', default: '0' },
    'first-token-ms': { type: 'string', default: '250' },
    'token-gap-ms': { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    'accept-any-key': { type: 'boolean', default: false },
  },
});

function numberOf(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0)
    throw new RangeError(`--${flag} must be a whole number from 0 up, not "${text}"`);
  return value;
}

const simulator = await startSimulator({
  ports: {
    claude: numberOf('port-claude', values['port-claude']),
    gpt: numberOf('port-gpt', values['port-gpt']),
    openModel: numberOf('port-open-model', values['port-open-model']),
    control: numberOf('port-control', values['port-control']),
  },
  pace: {
    firstTokenMs: numberOf('first-token-ms', values['first-token-ms']),
    tokenGapMs: numberOf('token-gap-ms', values['token-gap-ms']),
  },
  seed: numberOf('seed', values.seed),
  acceptAnyKey: values['accept-any-key'],
});

process.stdout.write(`${JSON.stringify(simulator.urls, null, 2)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
