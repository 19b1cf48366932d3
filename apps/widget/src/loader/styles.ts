import type { Attribute } from './launcher.ts';

/**
 * Only adopted style sheets, only px: a strict CSP blocks `style=""`, and `rem` follows the page. `!important` on the
 * host wins over the page's own (the inner tree goes first); the reset of `div` stops what the page makes inheritable.
 * The faint border is what forced colours draw the outline with. Attributes go in unchecked: whoever writes them owns the
 * page anyway.
 */
export function widgetStyles(attribute: Attribute): string {
  const accent = attribute('accent') ?? '#0f5f59';
  const side = attribute('position') ?? 'right';
  const x = attribute('offset-x') ?? 20;
  const y = attribute('offset-y') ?? 20;
  return `:host{all:initial!important}
div{all:initial;font:600 15px system-ui}
button,iframe{all:unset;position:fixed;z-index:2147483647;${side}:${x}px;bottom:${y}px;border:1px solid #0003;border-radius:28px;box-shadow:0 4px 24px #0003}
button{height:54px;padding:0 15px;background:${accent};color:${readableInk(accent)};display:flex;align-items:center;gap:8px;cursor:pointer}
button:focus-visible{outline:2px solid;outline-offset:-6px}
svg{width:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
i{all:unset;position:absolute;top:-4px;right:-4px;padding:2px 7px;border-radius:28px;background:#c22;color:#fff}
iframe{margin-bottom:72px;width:min(400px,100% - ${x}px*2);height:min(700px,100% - ${y}px - 88px);border-radius:18px}
[hidden]{display:none}
@media(max-width:480px){iframe{inset:0;margin:0;width:100%;height:100%;border-radius:0}[aria-expanded=true]{display:none}}`;
}

/** Black or white, whichever stands out more: at least 4.5:1 on any colour (a gamma of 2.2 is 0.5 % off WCAG's curve). */
export function readableInk(accent: string): string {
  const light = (index: number) => (Number(`0x${accent.slice(index, index + 2)}`) / 255) ** 2.2;
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? '#000' : '#fff';
}
