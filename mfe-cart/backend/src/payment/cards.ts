/** What the sandbox does with a card. */
export type Behaviour =
  | 'succeeds'
  | 'declined'
  | 'insufficient-funds'
  | 'never-answers'
  /** No answer at first, as if the provider were down for a while; then it succeeds. */
  | 'answers-late'
  /** Authorized, but the money cannot be taken, and giving back gets no answer for long: a checkout that a person must repair. */
  | 'gets-stuck';

/** The well-known test cards, and what each of them shows. */
const testCards: Readonly<Record<string, Behaviour>> = {
  '4242424242424242': 'succeeds',
  '5555555555554444': 'succeeds',
  '378282246310005': 'succeeds',
  '4000000000000002': 'declined',
  '4000000000009995': 'insufficient-funds',
  '4000000000000119': 'never-answers',
  '4000000000007726': 'answers-late',
  '4000000000005126': 'gets-stuck',
};

/** Digits of a card number as people type it: spaces and dashes go. */
export function digitsOf(cardNumber: string): string {
  return cardNumber.replaceAll(/[\s-]/g, '');
}

/** Luhn's check digit: catches a mistyped digit and most swaps. */
export function passesLuhn(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** What the sandbox does with this number; undefined for a card that is none of the test cards. */
export function behaviourOf(digits: string): Behaviour | undefined {
  return testCards[digits];
}

/** Brand by the first digits. */
export function brandOf(digits: string): string {
  if (digits.startsWith('4')) return 'Visa';
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'Mastercard';
  if (/^3[47]/.test(digits)) return 'American Express';
  return 'Card';
}
