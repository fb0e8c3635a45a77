/**
 * Functions that a query may call. Left out on purpose: whatever reaches outside of the query (`load_extension`), tells
 * about the engine (`sqlite_*`), or makes bytes out of nothing (`randomblob`, `zeroblob`).
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  `
  abs acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power
  radians round sign sin sinh sqrt tan tanh trunc random
  char coalesce concat concat_ws format printf glob hex unhex if ifnull iif instr length octet_length like likelihood
  likely unlikely lower ltrim max min nullif quote replace rtrim soundex substr substring trim typeof unicode unistr
  upper
  date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
  avg count group_concat string_agg sum total median percentile percentile_cont percentile_disc
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  json jsonb json_array json_array_length json_array_insert jsonb_array_insert jsonb_array json_error_position
  json_extract jsonb_extract json_group_array jsonb_group_array json_group_object jsonb_group_object json_insert
  jsonb_insert json_object jsonb_object json_patch jsonb_patch json_pretty json_quote json_remove jsonb_remove
  json_replace jsonb_replace json_set jsonb_set json_type json_valid -> ->>
  kql_has kql_matches
  `
    .trim()
    .split(/\s+/),
);

/** Tables that are functions. */
export const allowedTableFunctions: ReadonlySet<string> = new Set([
  'json_each',
  'json_tree',
  'jsonb_each',
  'jsonb_tree',
]);
