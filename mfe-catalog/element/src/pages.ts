// Must come before Lit: it teaches LitElement to take over what the server has rendered.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import './define.ts';
