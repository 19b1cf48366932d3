import type { ExchangeFormat } from '../exchange/exchange.ts';

export interface CliOptions {
  readonly dir: string;
  readonly locale: string | undefined;
  readonly format: ExchangeFormat | undefined;
  readonly limit: number;
  readonly isVerbose: boolean;
  readonly isDryRun: boolean;
}

export const EXIT = { fine: 0, problem: 1, usage: 2 } as const;

export type Print = (line: string) => void;

export type Command = (args: readonly string[], options: CliOptions, print: Print) => Promise<number>;
