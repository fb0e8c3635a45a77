/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: { customElement: true, runes: true },
  // A nested component is no element of its own.
  vitePlugin: {
    dynamicCompileOptions: ({ filename }) => ({ customElement: /\/Cart[A-Z]\w+\.svelte$/.test(filename) }),
  },
};
