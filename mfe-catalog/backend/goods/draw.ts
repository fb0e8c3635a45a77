// Draws the pictures of the goods: node mfe-catalog/backend/goods/draw.ts [--only NAME] [--check]
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Canvas } from '@napi-rs/canvas';
import type { Picture, PictureFile } from './picture-list.ts';
import { readPictures } from './picture-list.ts';
import type { PictureOrder } from './pictures.ts';
import { pictureOrders, svgHash } from './pictures.ts';

const folder = new URL('pictures/', import.meta.url);
const index = new URL('pictures.json', import.meta.url);

const { values } = parseArgs({ options: { only: { type: 'string' }, check: { type: 'boolean', default: false } } });

const main = async (): Promise<void> => {
  const known = readKnown();
  const orders = pictureOrders();
  const stale = orders.filter(
    ({ name, draw }) => (values.only === undefined || name === values.only) && known[name]?.svg !== svgHash(draw()),
  );
  if (values.check) {
    for (const { name } of stale) console.error(`stale: ${name}`);
    if (stale.length > 0) process.exitCode = 1;
    else console.log(`${orders.length} pictures are fresh`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const drawn: Record<string, Picture> = {};
  for (const order of stale) drawn[order.name] = await rasterise(order);
  // Alt texts are taken anew even where the drawing is the same.
  const pictures = orders.flatMap(({ name, alt }) => {
    const picture = drawn[name] ?? known[name];
    return picture ? [[name, { ...picture, alt }] as const] : [];
  });
  writeFileSync(index, `${JSON.stringify(Object.fromEntries(pictures), null, 2)}\n`);
  const files = new Set(pictures.flatMap(([, picture]) => picture.files.map(({ file }) => file)));
  for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(new URL(file, folder));
  const total = pictures.flatMap(([, picture]) => picture.files).reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${stale.length} drawn, ${pictures.length} in all, ${Math.round(total / 1024)} KiB`);
};

const readKnown = (): Readonly<Record<string, Picture>> => {
  try {
    return readPictures();
  } catch {
    return {};
  }
};

// The canvas is loaded late, so that a check needs no native library.
const rasterise = async ({ name, alt, width, height, draw }: PictureOrder): Promise<Picture> => {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const svg = draw();
  const image = await loadImage(Buffer.from(svg));
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  const files: PictureFile[] = [];
  for (const share of [1, 0.5]) {
    const [w, h] = [width * share, height * share];
    const scaled = createCanvas(w, h);
    const context = scaled.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, 0, 0, w, h);
    const bytes = await encode(scaled, budgetOf(w * h));
    const file = `${name}-${w}.webp`;
    writeFileSync(new URL(file, folder), bytes);
    files.push({ file, width: w, height: h, bytes: bytes.length });
  }
  const dot = createCanvas(1, 1).getContext('2d');
  dot.imageSmoothingQuality = 'high';
  dot.drawImage(canvas, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = dot.getImageData(0, 0, 1, 1).data;
  const colour = `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  return { alt, colour, svg: svgHash(svg), files };
};

// Bytes allowed for a picture of so many pixels: 7 KB at 360 × 360, 21 KB at 720 × 720, 46 KB for the widest.
const budgetOf = (pixels: number): number => Math.round(6_800 * (pixels / 129_600) ** 0.8);

const encode = async (canvas: Canvas, budget: number): Promise<Buffer> => {
  for (let quality = 72; ; quality -= 5) {
    const bytes = await canvas.encode('webp', quality);
    if (bytes.length <= budget || quality <= 45) return bytes;
  }
};

await main();
