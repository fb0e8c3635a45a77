import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encryptMessage, maxMessageBytes } from './encrypt.ts';
import { newReceiver, receiverWith } from '../testing/receiver.ts';

/** https://www.rfc-editor.org/rfc/rfc8291#appendix-A */
const example = {
  message: 'When I grow up, I want to be a watermelon',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  receiverKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  senderKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_' +
    'yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const bytes = (text: string) => Buffer.from(text, 'base64url');

it('writes the very bytes of the example in RFC 8291', () => {
  const once = { privateKey: bytes(example.senderKey), salt: bytes(example.salt) };
  expect(encryptMessage(example.message, example, once).toString('base64url')).toBe(example.body);
});

it('is read by a receiver that reads the example in RFC 8291', () => {
  const receiver = receiverWith(example.receiverKey, example.auth);
  expect(receiver.subscription.p256dh).toBe(example.p256dh);
  expect(receiver.decrypt(bytes(example.body))).toBe(example.message);
});

it('any message that fits arrives as it was, and never looks the same twice', () => {
  const receiver = newReceiver();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (message) => {
      const [once, again] = [1, 2].map(() => encryptMessage(message, receiver.subscription));
      expect(receiver.decrypt(once!)).toBe(message);
      expect(once!.equals(again!)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

it('refuses what does not fit, and a key that is none', () => {
  const { subscription } = newReceiver();
  expect(encryptMessage('x'.repeat(maxMessageBytes), subscription)).toHaveLength(4096);
  expect(() => encryptMessage('x'.repeat(maxMessageBytes + 1), subscription)).toThrow(RangeError);
  const p256dh = Buffer.alloc(65, 4).toString('base64url');
  expect(() => encryptMessage('x', { ...subscription, p256dh })).toThrow(TypeError);
});
