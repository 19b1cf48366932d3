import type { Plugin } from 'vite';

/**
 * What the first open need not carry: parts of Socket.IO's client that our protocol never reaches (we send JSON alone, over
 * websocket or polling), and Vite's loader for the style sheets of late chunks (we have one sheet). About 6 kB gz.
 */
const REPLACED: readonly { readonly file: RegExp; readonly code: string }[] = [
  { file: /vite\/preload-helper\.js$/, code: 'export const __vitePreload = (load) => load();' },
  {
    // Polling by its own fetch() transport instead of the older and larger XMLHttpRequest one; no WebTransport.
    file: /engine\.io-client\/build\/esm\/transports\/index\.js$/,
    code: `import { Fetch } from './polling-fetch.js';
import { WS } from './websocket.js';
export const transports = { websocket: WS, polling: Fetch };`,
  },
  {
    file: /engine\.io-client\/build\/esm\/transports\/polling-xhr\.js$/,
    code: 'export class BaseXHR {} export class XHR {} export class Request {}',
  },
  {
    file: /socket\.io-parser\/build\/esm\/is-binary\.js$/,
    code: 'export const isBinary = () => false; export const hasBinary = () => false;',
  },
  {
    file: /socket\.io-parser\/build\/esm\/binary\.js$/,
    code: 'export const deconstructPacket = () => {}; export const reconstructPacket = () => {};',
  },
  {
    // The browser's own parser; the client gives it absolute addresses only.
    file: /engine\.io-client\/build\/esm\/contrib\/parseuri\.js$/,
    code: `export const parse = (source) => {
  const { protocol, hostname, port, pathname, search } = new URL(source);
  return { source, protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ''), port, path: pathname, query: search.slice(1), queryKey: {} };
};`,
  },
  {
    // Packets of text alone.
    file: /engine\.io-parser\/build\/esm\/encodePacket\.browser\.js$/,
    code: `import { PACKET_TYPES } from './commons.js';
export const encodePacket = ({ type, data }, _supportsBinary, done) => done(PACKET_TYPES[type] + (data || ''));
export const encodePacketToBinary = () => {};`,
  },
  {
    file: /engine\.io-parser\/build\/esm\/decodePacket\.browser\.js$/,
    code: `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
export const decodePacket = (text) => {
  const type = PACKET_TYPES_REVERSE[text[0]];
  return type ? { type, data: text.slice(1) || undefined } : ERROR_PACKET;
};`,
  },
];

export function slimClient(): Plugin {
  return {
    name: 'stepdown:slim-client',
    apply: 'build',
    enforce: 'pre',
    load: (id) => REPLACED.find(({ file }) => file.test(id))?.code,
  };
}
