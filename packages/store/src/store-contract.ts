import { describe } from 'vitest';
import { appendContract } from './contract/append-contract.ts';
import { conversationContract } from './contract/conversation-contract.ts';
import { interleavingContract } from './contract/interleaving-contract.ts';
import { turnContract } from './contract/turn-contract.ts';
import type { BuildHouse } from './testing/harness.ts';

/** What every engine must do alike. `numRuns`: cases of the interleaving search. */
export function storeContract(build: BuildHouse, { numRuns }: { readonly numRuns: number }): void {
  describe('append', () => appendContract(build));
  describe('conversations', () => conversationContract(build));
  describe('turns', () => turnContract(build));
  describe('interleavings', () => interleavingContract(build, numRuns));
}
