import type { Plugin } from 'vite';

/**
 * What the first open need not carry: parts of Socket.IO's client that our protocol never reaches (we send JSON alone, over
 * websocket or polling), and Vite's loader for the style sheets of late chunks (we have one sheet). About 4 kB gz.
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
    file: /engine\.io-parser\/build\/esm\/contrib\/base64-arraybuffer\.js$/,
    code: 'export const decode = () => {}; export const encode = () => {};',
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
