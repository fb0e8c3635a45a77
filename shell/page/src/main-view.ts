import type { RouteMatch } from './path-pattern.ts';
import { words } from './words.ts';
import { createWall, type Wall, type WallTools } from './wall.ts';

/** The main content: one wall at a time. */
export interface MainView {
  /** Shows the route's element; the server's own copy of it is kept if it is there. */
  show(match: RouteMatch): void;
  /** Shows that there is no such page. */
  showNotFound(): void;
  clear(): void;
}

/** Works on the `<main>` that the gateway wrote. */
export const createMainView = (main: HTMLElement, tools: WallTools): MainView => {
  let wall: Wall | undefined;

  const clear = (): void => {
    wall?.close();
    wall = undefined;
  };

  return {
    show: ({ frontend, route, params }) => {
      clear();
      const tag = route.element;
      const adopt = main.querySelector<HTMLElement>(`:scope > .souk-wall[data-element="${tag}"]`) ?? undefined;
      wall = createWall({ frontend, tag, attributes: params, ...(adopt && { adopt }) }, tools);
      if (!adopt) main.replaceChildren(wall.box);
      wall.start();
    },
    showNotFound: () => {
      clear();
      const prose = document.createElement('div');
      prose.className = 'souk-prose';
      const heading = document.createElement('h1');
      heading.textContent = words.noSuchPage;
      const home = document.createElement('a');
      home.href = '/';
      home.textContent = words.toStart;
      prose.append(heading, home);
      main.replaceChildren(prose);
    },
    clear,
  };
};
