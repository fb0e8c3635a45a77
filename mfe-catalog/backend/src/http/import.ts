import { requireStaff, type SoukApp } from '@souk/service-kit';
import { Readable } from 'node:stream';
import { importProducts, type ImportOptions } from '../import/import-products.ts';

/** A shop of 100,000 products with long texts is some 100 MB. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * `POST /api/catalog/imports` with a product CSV as body, staff only. Answers with one `ImportReport` per line of JSON
 * as it goes on, the last with `done: true`; a file that is no product file ends with a line `{ "error": … }`.
 */
export function addImportRoute(app: SoukApp, options: ImportOptions): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
    scope.post(
      '/api/catalog/imports',
      {
        preHandler: requireStaff,
        bodyLimit: maxFileBytes,
        schema: { tags: ['staff'], summary: 'Import a product CSV' },
      },
      (request, reply) => reply.type('application/x-ndjson').send(Readable.from(reportLines(request.body as Readable))),
    );
  });

  async function* reportLines(file: Readable): AsyncGenerator<string> {
    try {
      for await (const report of importProducts(file, options)) yield `${JSON.stringify(report)}\n`;
    } catch (error) {
      const { code = 'import-failed', message } = error as { code?: string; message: string };
      app.log.warn({ err: error }, 'import failed');
      const known = code === 'not-a-product-file';
      yield `${JSON.stringify({ error: { code, message: known ? message : 'the import stopped; nothing is lost, run it again' } })}\n`;
    }
  }
}
