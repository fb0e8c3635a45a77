/** What the shop says by itself when nobody is at the desk: true, and no promise of a time. */
export const automaticAnswer =
  'Thank you. Nobody is at the desk this minute; your question is kept and we answer here.';

/** What stands behind the answer about an order, for who needs more than that. */
export const afterOrderAnswer = 'Nobody is at the desk this minute; if you need more than that, we answer here.';
