import { expect, it } from 'vitest';
import { withFallbackEmail } from './frame-page.ts';

const page = '<!doctype html><html><head><title>Chat</title></head><body></body></html>';

it('names the address in the head of the frame', () => {
  expect(withFallbackEmail(page, 'help@shop.example')).toBe(
    page.replace('</head>', '<meta name="stepdown-fallback-email" content="help@shop.example" /></head>'),
  );
});

it('adds nothing without an address, and no markup with a strange one', () => {
  expect(withFallbackEmail(page, undefined)).toBe(page);
  expect(withFallbackEmail(page, `"><script>$&'`)).toContain('content="&#34;&#62;&#60;script&#62;$&#38;\'"');
});
