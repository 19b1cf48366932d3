import { describe } from 'vitest';
import { accessContract } from './contract/access-contract.ts';
import { appendContract } from './contract/append-contract.ts';
import { contentContract } from './contract/content-contract.ts';
import { conversationContract } from './contract/conversation-contract.ts';
import { deskContract } from './contract/desk-contract.ts';
import { faqContract } from './contract/faq-contract.ts';
import { identityContract } from './contract/identity-contract.ts';
import { inboxContract } from './contract/inbox-contract.ts';
import { interleavingContract } from './contract/interleaving-contract.ts';
import { jobContract } from './contract/job-contract.ts';
import { ladderContract } from './contract/ladder-contract.ts';
import { turnContract } from './contract/turn-contract.ts';
import type { BuildHouse } from './testing/harness.ts';

/** What every engine must do alike. `numRuns`: cases of the interleaving search. */
export function storeContract(build: BuildHouse, { numRuns }: { readonly numRuns: number }): void {
  describe('append', () => appendContract(build));
  describe('conversations', () => conversationContract(build));
  describe('turns', () => turnContract(build));
  describe('interleavings', () => interleavingContract(build, numRuns));
  describe('inbox', () => inboxContract(build));
  describe('desk', () => deskContract(build));
  describe('jobs', () => jobContract(build));
  describe('access', () => accessContract(build));
  describe('identities', () => identityContract(build));
  describe('content', () => contentContract(build));
  describe('faq desk', () => faqContract(build));
  describe('ladder', () => ladderContract(build));
}
