/** The parser is part of nunjucks, but not of its typings. */
declare module 'nunjucks/src/parser' {
  export function parse(
    source: string,
    extensions: [],
    options: { tags: { variableStart: string; variableEnd: string } },
  ): unknown;
}
