import { describe, expect, it } from 'vitest';
import { applyChange, type HostView } from './host-store.ts';

const view: HostView = {
  isOpen: false,
  isFull: false,
  locale: null,
  theme: 'auto',
  accent: null,
  identity: null,
  profile: null,
  prefill: null,
  hasConsent: true,
  isEnded: false,
  page: null,
};

describe('what the page asks for', () => {
  it('changes only what is named', () => {
    const open = applyChange(view, { isOpen: true, url: 'https://shop.example/', title: 'Shop' });
    expect(open).toEqual({ ...view, isOpen: true, page: { url: 'https://shop.example/', title: 'Shop' } });
    expect(applyChange(open, { setLocale: 'de' })).toEqual({ ...open, locale: 'de' });
  });

  it('[D04] takes a signed token, alone or in an object, and nothing else for an identity', () => {
    expect(applyChange(view, { identify: 'a.b.c' }).identity).toBe('a.b.c');
    expect(applyChange(view, { identify: { token: 'a.b.c', email: 'x@y.example' } }).identity).toBe('a.b.c');
    expect(applyChange(view, { identify: { email: 'victim@shop.example' } }).identity).toBeNull();
    expect(applyChange({ ...view, identity: 'a.b.c' }, { identify: null }).identity).toBeNull();
  });

  it('passes on what the page says about the visitor, as nothing more than that', () => {
    expect(applyChange(view, { identify: { name: 'Ada', email: 'ada@shop.example', role: 'admin' } })).toEqual({
      ...view,
      profile: { name: 'Ada', email: 'ada@shop.example' },
    });
    expect(applyChange(view, { identify: { token: 'a.b.c', name: 7 } })).toEqual({ ...view, identity: 'a.b.c' });
    expect(applyChange({ ...view, profile: { name: 'Ada' } }, { identify: null }).profile).toBeNull();
  });

  it('ignores values of another type', () => {
    expect(applyChange(view, { theme: 'pink', setLocale: 7, prefill: {}, accent: [] })).toEqual(view);
  });

  it('withdraws consent only on a clear no', () => {
    expect(applyChange(view, { consent: false }).hasConsent).toBe(false);
    expect(applyChange(view, { consent: undefined }).hasConsent).toBe(true);
  });
});
