import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { forbiddenNodes, XSS_CORPUS } from '../../../../../test/security/xss-corpus.ts';
import { Markdown } from './markdown.tsx';

function markup(text: string, isUnfinished = false): HTMLElement {
  return render(<Markdown text={text} isUnfinished={isUnfinished} />).container;
}

describe('hostile text', () => {
  it.each(XSS_CORPUS)('[D19][D21] $name stays text', ({ text }) => {
    expect(forbiddenNodes(markup(text))).toEqual([]);
  });

  it.each(XSS_CORPUS)('[D22] $name stays text at every prefix', ({ text }) => {
    const { container, rerender } = render(<Markdown text="" isUnfinished />);
    for (let length = 1; length <= text.length; length += 1) {
      rerender(<Markdown text={text.slice(0, length)} isUnfinished />);
      expect(forbiddenNodes(container), text.slice(0, length)).toEqual([]);
    }
  });

  it.each(XSS_CORPUS.filter(({ name }) => name.startsWith('link ') && name !== 'link in a link'))(
    '[D20] $name opens nothing dangerous',
    ({ text }) => {
      for (const link of markup(text).querySelectorAll('a')) {
        expect(['https:', 'mailto:']).toContain(new URL(link.href).protocol);
        expect(new URL(link.href).username).toBe('');
      }
    },
  );

  it('[D20] a safe link says that it is followed by nobody', () => {
    const link = markup('[Returns](https://shop.example/returns)').querySelector('a');
    expect(link?.rel).toBe('noopener noreferrer nofollow');
    expect(link?.target).toBe('_blank');
  });

  it('[D25] a label that names another host is replaced by the true address', () => {
    expect(markup('[https://bank.example](https://evil.example/a)').textContent).toBe('https://evil.example/a');
    expect(markup('[shop.example](https://www.shop.example/a)').textContent).toBe('shop.example');
  });

  it('[D25] invisible characters are gone, emoji and scripts that need joiners stay whole', () => {
    expect(markup('in\u200bvi\u202esi\u2066ble\u{e0041}').textContent).toBe('invisible');
    expect(markup('👩‍💻 می‌خواهم').textContent).toBe('👩‍💻 می‌خواهم');
  });
});

describe('the subset', () => {
  it('shows paragraphs, lists, code, bold, italic and links', () => {
    const html = markup('Hi **you** and *me*, `code`\n\n1. one\n2. two\n\n- a\n- b\n\n```\nx < y\n```\nhttps://shop.example.').innerHTML;
    expect(html).toContain('<strong>you</strong>');
    expect(html).toContain('<em>me</em>');
    expect(html).toContain('<ol start="1"><li>one</li><li>two</li></ol>');
    expect(html).toContain('<ul><li>a</li><li>b</li></ul>');
    expect(html).toContain('<pre><code>x &lt; y</code></pre>');
    expect(html).toContain('href="https://shop.example/"');
  });

  it('leaves signs alone that mean nothing', () => {
    expect(markup('2 * 3 * 4, snake_case_name, 5 > 3 and [1]').textContent).toBe('2 * 3 * 4, snake_case_name, 5 > 3 and [1]');
  });

  it('never shows half of a marker while text arrives', () => {
    const text = 'See **our page** on [returns](https://shop.example/returns) or `code`.';
    const { container, rerender } = render(<Markdown text="" isUnfinished />);
    for (let length = 1; length < text.length; length += 1) {
      rerender(<Markdown text={text.slice(0, length)} isUnfinished />);
      expect(container.textContent, text.slice(0, length)).not.toMatch(/[*[\]`]|https?:/);
    }
  });
});

describe('the check', () => {
  it('sees what it looks for', () => {
    const raw = document.createElement('div');
    raw.innerHTML = '<p onclick="x()">a</p><img src="x"><a href="javascript:x()">b</a>';
    expect(forbiddenNodes(raw)).toEqual(['onclick="x()"', '<img>', 'src="x"', 'href="javascript:x()"']);
  });
});
