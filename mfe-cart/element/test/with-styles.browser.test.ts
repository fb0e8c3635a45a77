import { expect, fixture } from '@open-wc/testing';
import { withStyles } from '../src/with-styles.ts';

/** Renders as Svelte does: a fresh root, filled a moment later. */
class Rendered extends HTMLElement {
  readonly heard: string[] = [];
  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
  }
  async connectedCallback(): Promise<void> {
    await Promise.resolve();
    const field = document.createElement('input');
    field.ariaLabel = 'Quantity of tile';
    field.value = '1';
    field.addEventListener('change', () => this.heard.push(field.value));
    this.shadowRoot!.replaceChildren(field);
  }
}

it('leaves whoever is in the markup of the server where they are, with what they have typed', async () => {
  const place = await fixture<HTMLElement>('<div></div>');
  place.setHTMLUnsafe(`<late-cart><template shadowrootmode="open">
    <input aria-label="Quantity of rug" value="1" /><input aria-label="Quantity of tile" value="1" />
  </template></late-cart>`);
  const element = place.querySelector<Rendered>('late-cart')!;
  const served = element.shadowRoot!.querySelectorAll('input')[1]!;
  served.focus();
  served.value = '3';
  customElements.define('late-cart', withStyles({ late: '' })(Rendered));
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  const field = element.shadowRoot!.activeElement as HTMLInputElement;
  expect(field).not.to.equal(served);
  expect(field.value).to.equal('3');
  expect(element.heard).to.deep.equal(['3']);
});
