import type { IncomingHttpHeaders } from 'node:http';
import { PROBLEM_MEDIA_TYPE, toProblem } from '@souk/service-kit';
import type { Problem } from '@souk/service-kit';
import type { Answer } from '../front/answer.ts';
import { original } from '../locale/locale.ts';
import { wordsIn } from '../words/index.ts';
import { escapeHtml, refererPath } from '../page/html.ts';
import type { Pages } from '../page/pages.ts';
import type { Visitor } from '../session/visitors.ts';

/** An error for whoever asked: a page of the shop for a browser that navigates, a problem document for all others. */
export type ErrorAnswer = (error: unknown, headers: IncomingHttpHeaders, visitor: Visitor | undefined) => Answer;

/** The same for a problem that somebody else has described already. */
export type ProblemAnswer = (
  problem: Pick<Problem, 'status' | 'code' | 'detail'>,
  headers: IncomingHttpHeaders,
  visitor: Visitor | undefined,
  answerHeaders?: Readonly<Record<string, string>>,
) => Answer;

export const problemAnswers = (pages: Pages): ProblemAnswer => {
  return (problem, headers, visitor, answerHeaders = {}) => {
    if (!wantsHtml(headers)) {
      const body = Buffer.from(JSON.stringify(problem));
      return {
        status: problem.status,
        headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store', ...answerHeaders },
        body,
      };
    }
    const { locale } = visitor?.locale ?? original;
    const words = wordsIn(locale);
    const title = (words.errors as Readonly<Record<number, string>>)[problem.status] ?? words.errors[409];
    // Details are written for whoever has English; in other languages the headline has to do.
    const detail = problem.code === 'no-such-page' ? words.noSuchPage : locale === 'en' ? sentence(problem.detail) : '';
    const back = refererPath(headers.referer, headers.host);
    const main =
      `<h1>${title}</h1>` +
      (detail && `<p class="souk-notice souk-notice--bad" role="alert">${escapeHtml(detail)}</p>`) +
      (back ? `<p><a class="souk-button" href="${escapeHtml(back)}">${words.goBack}</a></p>` : '') +
      `<p><a class="souk-button souk-button--secondary" href="/">${words.toShop}</a></p>`;
    return pages.own({ status: problem.status, title, main, headers: answerHeaders }, visitor);
  };
};

export const errorAnswers = (answerProblem: ProblemAnswer): ErrorAnswer => {
  return (error, headers, visitor) => {
    const { problem, headers: answerHeaders } = toProblem(error);
    try {
      return answerProblem(problem, headers, visitor, answerHeaders);
    } catch {
      // What cannot even be told as a page is told as a document; it must not become the framework's own words.
      return answerProblem(problem, {}, visitor, answerHeaders);
    }
  };
};

/** Whether a browser navigates, rather than a script asking for data. */
export const wantsHtml = (headers: IncomingHttpHeaders): boolean => (headers.accept ?? '').includes('text/html');

const sentence = (text: string): string => {
  const trimmed = text.trim();
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};
