import type { Clock, Random } from './clock.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 9;
const RANDOM_LENGTH = 13;

export type IdPrefix = 'con' | 'msg' | 'trn' | 'vis' | 'agt' | 'ses' | 'evt' | 'inc' | 'job' | 'prb' | 'rev' | 'lnk' | 'gap' | 'drl';

/** Makes an id that sorts by creation time: `msg_01jd…` (45 bits of time, 65 bits of chance). */
export type NewId = (prefix: IdPrefix) => string;

/** Ids are made by the app, not the database, so that both engines order them alike. */
export function createIds(ports: { readonly clock: Clock; readonly random: Random }): NewId {
  return (prefix) => `${prefix}_${encodeTime(ports.clock.now())}${randomText(ports.random)}`;
}

function encodeTime(epochMs: number): string {
  let rest = Math.floor(epochMs);
  let text = '';
  for (let index = 0; index < TIME_LENGTH; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomText(random: Random): string {
  let text = '';
  for (let index = 0; index < RANDOM_LENGTH; index += 1) text += ALPHABET.charAt(Math.floor(random() * 32));
  return text;
}
