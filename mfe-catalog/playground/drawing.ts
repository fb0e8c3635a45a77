/** A plain picture for a file name such as `star-720x720.svg`: an eight-fold star in colours that the name decides. */
export function drawing(file: string): string {
  const [, width = 720, height = 720] = (/-(\d+)x(\d+)\.svg$/.exec(file) ?? []).map(Number);
  const hue = [...file].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 360, 7);
  const side = Math.min(width, height) * 0.4;
  const square = `<rect x="${-side / 2}" y="${-side / 2}" width="${side}" height="${side}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    <rect width="100%" height="100%" fill="hsl(${hue} 28% 82%)"/>
    <g transform="translate(${width / 2} ${height / 2})" fill="hsl(${hue} 42% 40%)">
      ${square}<g transform="rotate(45)">${square}</g><circle r="${side / 4}" fill="hsl(${hue} 30% 90%)"/>
    </g>
  </svg>`;
}
