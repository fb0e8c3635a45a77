import { describe, expect, it } from 'vitest';
import { attachmentName } from './attachment-name.ts';
import { inspect } from './inspect.ts';
import { jpeg, pdf, png, webp } from '../testing/files.ts';

async function look(bytes: Buffer, maxBytes = 1_000_000) {
  async function* slowly() {
    for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
  }
  const inspected = inspect(slowly(), maxBytes);
  for await (const _ of inspected.bytes);
  return inspected.found();
}

describe('A file that is sent', () => {
  it('is what its bytes say, and a picture as large as its header says.', async () => {
    expect(await look(png(640, 480))).toMatchObject({ type: 'image/png', width: 640, height: 480 });
    expect(await look(jpeg(1200, 800))).toMatchObject({ type: 'image/jpeg', width: 1200, height: 800 });
    expect(await look(webp(33, 44))).toMatchObject({ type: 'image/webp', width: 33, height: 44 });
    const gif = Buffer.from('GIF89a\x02\x00\x03\x00\x00\x00\x00;', 'latin1');
    expect(await look(gif)).toMatchObject({ type: 'image/gif', width: 2, height: 3 });
    expect(await look(pdf)).toEqual({ type: 'application/pdf', size: pdf.length });
  });

  it('is refused when it is anything else, whatever it is called.', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const text of [
      svg,
      `<?xml version="1.0"?>${svg}`,
      '<!doctype html><script>',
      '<html>',
      'MZ\x90',
      'PK\x03\x04',
      ` %PDF-1.7`,
      'GIF88a',
      '',
      'x',
    ])
      await expect(look(Buffer.from(text)), text).rejects.toMatchObject({ code: 'attachment-type' });
  });

  it('is refused when it is too large, a picture that does not say how large it is, or one to drown in.', async () => {
    await expect(look(png(1, 1), 20)).rejects.toMatchObject({ code: 'attachment-too-large' });
    await expect(look(png(0, 5))).rejects.toMatchObject({ code: 'attachment-broken' });
    await expect(look(png(60_000, 60_000))).rejects.toMatchObject({ code: 'attachment-broken' });
    await expect(look(png(5, 5).subarray(0, 14))).rejects.toMatchObject({ code: 'attachment-broken' });
    await expect(look(Buffer.from('\xff\xd8\xff\xe0\x00\x00\x00\x00\x00\x00\x00\x00', 'latin1'))).rejects.toMatchObject(
      {
        code: 'attachment-broken',
      },
    );
  });

  it('has a name that is text, shows what it is, and is no path.', () => {
    expect(attachmentName('../../etc/passwd')).toBe('passwd');
    expect(attachmentName('C:\\a\\b.png')).toBe('b.png');
    expect(attachmentName('cod\u202egpj.exe')).toBe('codgpj.exe');
    expect(attachmentName('a\u0000\n\tb  c.pdf')).toBe('ab c.pdf');
    expect(attachmentName('\ud800')).toBe('\ufffd');
    expect(attachmentName('..')).toBe('..');
    expect(attachmentName(' / ')).toBe('file');
    expect(attachmentName('<img src=x onerror=alert(1)>.png')).toBe('<img src=x onerror=alert(1)>.png');
    expect([...attachmentName(`${'ü'.repeat(500)}.pdf`)]).toHaveLength(120);
    expect(attachmentName(`${'ü'.repeat(500)}.pdf`)).toMatch(/\.pdf$/);
  });
});
