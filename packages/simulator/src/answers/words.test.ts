import { describe, expect, it } from 'vitest';
import { contentWords, likeness } from './words.ts';

describe('contentWords', () => {
  it.each([
    ['How do I return my shoes?', ['return', 'shoes']],
    ['Where is my parcel', ['parcel']],
    ['Wie kann ich Schuhe zurückgeben?', ['schuhe', 'zuruckgeben']],
    ['返品の期限を教えてください', ['返品', '期限', '教']],
    ['クーポンは使えますか', ['クーホン', '使']],
    ['退货期限是多久？', ['退货', '货期', '期限']],
    ['how long', []],
  ])('[S12] of %j', (text, words) => {
    expect(contentWords(text)).toEqual(words);
  });
});

describe('likeness', () => {
  it.each([
    ['return', 'returns', 1],
    ['ruckgabe', 'ruckgabefrist', 1],
    ['ship', 'shipping', 1],
    ['parcel', 'package', 1],
    ['order', 'border', 0],
    ['car', 'cart', 0],
    ['gift', 'giftshopowner', 0],
    ['shop', 'ship', 0],
  ])('[S12] of %s and %s is %i', (one, other, expected) => {
    expect(likeness(one, other)).toBe(expected);
    expect(likeness(other, one)).toBe(expected);
  });

  it.each([
    ['devlivery', 'delivery'],
    ['retrun', 'return'],
    ['cancle', 'cancel'],
    ['pasword', 'password'],
  ])('[S12] of %s and %s is that of a slip of the finger', (one, other) => {
    expect(likeness(one, other)).toBeGreaterThan(0.4);
    expect(likeness(one, other)).toBeLessThan(1);
  });
});
