-- Counters and holds of all budgets, one step at a time. Everything that must be true at once is
-- done in one run of this script: Redis runs no other command meanwhile.
--
-- KEYS[1] is "<prefix>state"; the prefix holds the epoch and a hash tag, so that every key of an
-- epoch lies in one slot. ARGV: operation, prefix, now in milliseconds, then what the operation takes.
--
-- The text of the script differs from epoch to epoch by a first line. It is made known by EVAL, which
-- neither the append-only file nor a replica keeps: a server that lost its memory, or stands in for
-- another, does not know it and answers NOSCRIPT. That is how a loss is noticed before it can do harm.
--
-- Keys:
--   state     hash: p, o = position in the rating log and calls done of the event behind it;
--             g = position in the budgets' own log up to which budgets are counted
--   x         sorted set: names of holds by the millisecond at which they end or are forgotten
--   n         list: holds that expired, for the journal
--   a         set: parts of events that were set aside and are counted by now
--   b:<uid>   hash of a budget: from = where live counting began, ok = what lies before was added;
--             per bucket <b>: <b>s <b>t spent, <b>h <b>i held, <b>c calls, <b>u unpriced calls,
--             <b>f calls in another currency
--   h:<hold>  hash of a hold: st = O open, P awaiting a price, S settled, R released, X expired;
--             parts = uid|t or m|bucket|units|fraction| for each budget
--
-- Amounts are two integers: whole units, and a fraction in units of 10^-15. Numbers of this script
-- are doubles, exact for integers below 2^53; neither half and no sum of two halves comes near that.
-- Amounts are never formatted otherwise than with %.0f.

local BASE = 1e15
local MAX = 9e15
local SWEEP = 200

local prefix = ARGV[2]
local now = tonumber(ARGV[3])
local call = redis.call

local function text(n)
  return string.format('%.0f', n)
end

local function add(hi, lo, hi2, lo2)
  hi, lo = hi + hi2, lo + lo2
  if lo >= BASE then
    hi, lo = hi + 1, lo - BASE
  end
  if hi > MAX then
    return MAX, 0
  end
  if hi < -MAX then
    return -MAX, 0
  end
  return hi, lo
end

local function minus(hi, lo)
  if lo == 0 then
    return 0 - hi, 0
  end
  return -1 - hi, BASE - lo
end

local function exceeds(hi, lo, hi2, lo2)
  return hi > hi2 or (hi == hi2 and lo > lo2)
end

-- Adds to one amount of a bucket. The two field letters are those of its halves.
local function grow(key, bucket, first, second, hi, lo)
  local old = call('HMGET', key, bucket .. first, bucket .. second)
  hi, lo = add(tonumber(old[1] or '0'), tonumber(old[2] or '0'), hi, lo)
  call('HSET', key, bucket .. first, text(hi), bucket .. second, text(lo))
end

-- Takes from what a bucket holds. A bucket that was forgotten meanwhile holds nothing.
local function unhold(key, bucket, hi, lo)
  local old = call('HMGET', key, bucket .. 'h', bucket .. 'i')
  if old[1] then
    hi, lo = minus(hi, lo)
    hi, lo = add(tonumber(old[1]), tonumber(old[2]), hi, lo)
    if hi < 0 then
      hi, lo = 0, 0
    end
    call('HSET', key, bucket .. 'h', text(hi), bucket .. 'i', text(lo))
  end
end

-- Gives back the parts of a hold: all of them, or those of token budgets. Returns what stays held.
local function give_back(parts, tokens_only)
  local kept = {}
  for uid, kind, bucket, hi, lo in string.gmatch(parts, '([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|') do
    if tokens_only and kind == 'm' then
      kept[#kept + 1] = table.concat({uid, kind, bucket, hi, lo, ''}, '|')
    else
      unhold(prefix .. 'b:' .. uid, bucket, tonumber(hi), tonumber(lo))
    end
  end
  return table.concat(kept)
end

-- Ends holds whose time has come; forgets those that ended long enough ago.
local function sweep()
  local due = call('ZRANGEBYSCORE', prefix .. 'x', '-inf', text(now), 'LIMIT', 0, SWEEP)
  for _, hold in ipairs(due) do
    local key = prefix .. 'h:' .. hold
    local old = call('HMGET', key, 'st', 'parts', 'exp', 'ttl')
    if old[1] == 'O' then
      give_back(old[2], false)
      call('RPUSH', prefix .. 'n', hold .. '|' .. old[3] .. '|' .. old[2])
      call('HSET', key, 'st', 'X')
      call('HDEL', key, 'parts')
      call('ZADD', prefix .. 'x', text(tonumber(old[3]) + tonumber(old[4])), hold)
    else
      call('DEL', key)
      call('ZREM', prefix .. 'x', hold)
    end
  end
  return #due
end

-- Spent and held, summed over buckets.
local function sums(key, buckets)
  local fields = {'ok'}
  for _, b in ipairs(buckets) do
    fields[#fields + 1] = b .. 's'
    fields[#fields + 1] = b .. 't'
    fields[#fields + 1] = b .. 'h'
    fields[#fields + 1] = b .. 'i'
  end
  local values = call('HMGET', key, unpack(fields))
  local sum = {ok = values[1], s = 0, t = 0, h = 0, i = 0}
  for at = 2, #fields, 4 do
    if values[at] then
      sum.s, sum.t = add(sum.s, sum.t, tonumber(values[at]), tonumber(values[at + 1]))
    end
    if values[at + 2] then
      sum.h, sum.i = add(sum.h, sum.i, tonumber(values[at + 2]), tonumber(values[at + 3]))
    end
  end
  return sum
end

-- Reads a list that stands behind its length; returns it and the place behind it.
local function list(at)
  local count = tonumber(ARGV[at])
  local items = {}
  for i = 1, count do
    items[i] = ARGV[at + i]
  end
  return items, at + count + 1
end

local operation = {}

-- expire, life time, hold, fingerprint, answer, then for each budget: uid, t or m, H if it refuses
-- (else W), limit (2), amount (2), list of buckets; the last bucket is the one that holds.
-- Returns OK or NO, then for each budget: verdict ("" fits, L limit, U not complete), spent (2), held (2).
operation.hold = function()
  local hold = ARGV[6]
  local key = prefix .. 'h:' .. hold
  sweep()
  local old = call('HMGET', key, 'st', 'fp', 'ans', 'exp')
  if old[1] and old[1] ~= 'R' and old[1] ~= 'X' then
    if old[2] ~= ARGV[7] then
      return {'REUSED'}
    end
    return {'REPEAT', old[3], old[4]}
  end
  local lines, answer, fits, at = {}, {'OK'}, true, 9
  while ARGV[at] do
    local line = {uid = ARGV[at], kind = ARGV[at + 1]}
    local hard = ARGV[at + 2] == 'H'
    local hi, lo = tonumber(ARGV[at + 5]), tonumber(ARGV[at + 6])
    local limit_hi, limit_lo = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
    local buckets
    buckets, at = list(at + 7)
    line.bucket, line.hi, line.lo = buckets[#buckets], hi, lo
    local sum = sums(prefix .. 'b:' .. line.uid, buckets)
    local verdict = ''
    if hard and not sum.ok then
      verdict = 'U'
    elseif hard and (hi > 0 or lo > 0) then
      local used_hi, used_lo = add(sum.s, sum.t, sum.h, sum.i)
      used_hi, used_lo = add(used_hi, used_lo, hi, lo)
      if exceeds(used_hi, used_lo, limit_hi, limit_lo) then
        verdict = 'L'
      end
    end
    fits = fits and verdict == ''
    lines[#lines + 1] = line
    for _, v in ipairs({verdict, text(sum.s), text(sum.t), text(sum.h), text(sum.i)}) do
      answer[#answer + 1] = v
    end
  end
  if not fits then
    answer[1] = 'NO'
    return answer
  end
  local parts = {}
  for _, line in ipairs(lines) do
    if line.hi > 0 or line.lo > 0 then
      grow(prefix .. 'b:' .. line.uid, line.bucket, 'h', 'i', line.hi, line.lo)
      parts[#parts + 1] = table.concat(
        {line.uid, line.kind, line.bucket, text(line.hi), text(line.lo), ''}, '|')
    end
  end
  call('DEL', key)
  call('HSET', key, 'st', 'O', 'exp', ARGV[4], 'ttl', ARGV[5], 'fp', ARGV[7], 'ans', ARGV[8],
    'parts', table.concat(parts))
  call('ZADD', prefix .. 'x', ARGV[4], hold)
  return answer
end

-- hold. Returns its state afterwards, or NONE.
operation.release = function()
  sweep()
  local key = prefix .. 'h:' .. ARGV[4]
  local old = call('HMGET', key, 'st', 'parts')
  if old[1] == 'O' then
    give_back(old[2], false)
    call('HSET', key, 'st', 'R')
    call('HDEL', key, 'parts')
    return {'R'}
  end
  return {old[1] or 'NONE'}
end

-- Ends a hold because its usage arrived; a call without price keeps what money budgets hold for it.
local function settle_hold(hold, priced)
  local key = prefix .. 'h:' .. hold
  local old = call('HMGET', key, 'st', 'parts')
  if old[1] ~= 'O' and old[1] ~= 'P' then
    return
  end
  if not priced then
    call('HSET', key, 'st', 'P', 'parts', give_back(old[2], true))
    call('ZREM', prefix .. 'x', hold)
  else
    give_back(old[2], false)
    call('HSET', key, 'st', 'S')
    call('HDEL', key, 'parts')
    if old[1] == 'P' then
      call('ZADD', prefix .. 'x', text(now), hold)
    end
  end
end

local function count(key, bucket, letter, n)
  if n ~= '0' then
    call('HINCRBY', key, bucket .. letter, n)
  end
end

-- Adds to a bucket: units, fraction, calls, unpriced calls, calls in another currency, from ARGV.
local function spend(key, bucket, at)
  local hi, lo = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  if hi ~= 0 or lo ~= 0 then
    grow(key, bucket, 's', 't', hi, lo)
  end
  count(key, bucket, 'c', ARGV[at + 2])
  count(key, bucket, 'u', ARGV[at + 3])
  count(key, bucket, 'f', ARGV[at + 4])
end

-- Where increments end that begin at an argument; how many they are stands before it.
local function last_increment(first)
  return first - 1 + tonumber(ARGV[first - 1]) * 7
end

-- Adds increments that begin at an argument, and settles the holds behind them. Budgets that are not
-- counted yet are passed over.
local function change(first)
  local last = last_increment(first)
  for i = first, last, 7 do
    local key = prefix .. 'b:' .. ARGV[i]
    if call('HEXISTS', key, 'from') == 1 then
      spend(key, ARGV[i + 1], i + 2)
    end
  end
  for i = last + 1, #ARGV, 2 do
    settle_hold(ARGV[i], ARGV[i + 1] == 'P')
  end
end

-- expected position (2), new position (2), position of the budgets known to the caller, number of
-- increments, each: uid, bucket, amount (2), calls, unpriced, other currency; then holds, each: its
-- name, P if the call has a price. Budgets that are not counted yet are passed over: what is theirs
-- will be added when they are.
operation.settle = function()
  local at = call('HMGET', KEYS[1], 'p', 'o', 'g')
  if at[1] ~= ARGV[4] or at[2] ~= ARGV[5] then
    return {'MOVED', at[1], at[2]}
  end
  if tonumber(at[3]) > tonumber(ARGV[8]) then
    return {'BEHIND'}
  end
  change(10)
  call('HSET', KEYS[1], 'p', ARGV[6], 'o', ARGV[7])
  return {'OK'}
end

-- name of the part, position of its event, position of the budgets known to the caller, number of
-- increments, then increments and holds as for settle. Counts a part that was set aside, once. Budgets
-- that are not counted yet are passed over; one that is being filled must be complete first.
operation.part = function()
  local at = call('HMGET', KEYS[1], 'p', 'g')
  if tonumber(at[1]) < tonumber(ARGV[5]) then
    return {'MOVED'}
  end
  if tonumber(at[2]) > tonumber(ARGV[6]) then
    return {'BEHIND'}
  end
  for i = 8, last_increment(8), 7 do
    local key = prefix .. 'b:' .. ARGV[i]
    if call('HEXISTS', key, 'from') == 1 and call('HEXISTS', key, 'ok') == 0 then
      return {'MOVED'}
    end
  end
  if call('SADD', prefix .. 'a', ARGV[4]) == 0 then
    return {'OK'}
  end
  change(8)
  return {'OK'}
end

-- Gives the epoch up: from now on its counters count as lost.
operation.stop = function()
  call('DEL', KEYS[1])
  return {'OK'}
end

-- position of the budgets known to the caller, then uids. Counts them from the next call on.
-- Returns for each: where its live counting began, or "" if it is complete.
operation.include = function()
  local at = call('HMGET', KEYS[1], 'p', 'o', 'g')
  local answer = {'OK'}
  for i = 5, #ARGV do
    local key = prefix .. 'b:' .. ARGV[i]
    call('HSETNX', key, 'from', at[1] .. ':' .. at[2])
    local old = call('HMGET', key, 'from', 'ok')
    answer[#answer + 1] = old[2] and '' or old[1]
  end
  if tonumber(ARGV[4]) > tonumber(at[3]) then
    call('HSET', KEYS[1], 'g', ARGV[4])
  end
  return answer
end

-- uid, where its live counting began, then buckets, each: bucket, amount (2), calls, unpriced, other
-- currency. Adds what lies before, once.
operation.fill = function()
  local key = prefix .. 'b:' .. ARGV[4]
  local old = call('HMGET', key, 'from', 'ok')
  if old[2] or old[1] ~= ARGV[5] then
    return {'DONE'}
  end
  for i = 6, #ARGV, 6 do
    spend(key, ARGV[i], i + 1)
  end
  call('HSET', key, 'ok', '1')
  return {'OK'}
end

-- expire, life time, hold, fingerprint, answer, O or P, parts. Puts a hold back after a loss.
operation.restore = function()
  local key = prefix .. 'h:' .. ARGV[6]
  if call('EXISTS', key) == 1 then
    return {'DONE'}
  end
  for uid, _, bucket, hi, lo in string.gmatch(ARGV[10], '([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|') do
    grow(prefix .. 'b:' .. uid, bucket, 'h', 'i', tonumber(hi), tonumber(lo))
  end
  call('HSET', key, 'st', ARGV[9], 'exp', ARGV[4], 'ttl', ARGV[5], 'fp', ARGV[7], 'ans', ARGV[8],
    'parts', ARGV[10])
  if ARGV[9] == 'O' then
    call('ZADD', prefix .. 'x', ARGV[4], ARGV[6])
  end
  return {'OK'}
end

-- For each budget: uid, list of buckets. Returns for each: 1 if complete (else 0), spent (2), held (2),
-- calls, unpriced calls, calls in another currency.
operation.read = function()
  sweep()
  local answer, at = {'OK'}, 4
  while ARGV[at] do
    local key = prefix .. 'b:' .. ARGV[at]
    local buckets
    buckets, at = list(at + 1)
    local sum = sums(key, buckets)
    local c, u, f = 0, 0, 0
    for _, b in ipairs(buckets) do
      local counts = call('HMGET', key, b .. 'c', b .. 'u', b .. 'f')
      c = c + tonumber(counts[1] or '0')
      u = u + tonumber(counts[2] or '0')
      f = f + tonumber(counts[3] or '0')
    end
    for _, v in ipairs({sum.ok and '1' or '0', text(sum.s), text(sum.t), text(sum.h), text(sum.i),
        text(c), text(u), text(f)}) do
      answer[#answer + 1] = v
    end
  end
  return answer
end

-- Returns position (2), position of the budgets counted.
operation.peek = function()
  local at = call('HMGET', KEYS[1], 'p', 'o', 'g')
  return {'OK', at[1], at[2], at[3]}
end

-- Returns how many holds ended or were forgotten, then up to 100 notices of expired holds.
operation.sweep = function()
  local swept = sweep()
  local notices = call('LRANGE', prefix .. 'n', 0, 99)
  table.insert(notices, 1, text(swept))
  table.insert(notices, 1, 'OK')
  return notices
end

-- Notices that are in the journal.
operation.noted = function()
  for i = 4, #ARGV do
    call('LREM', prefix .. 'n', 1, ARGV[i])
  end
  return {'OK'}
end

-- uid, first second kept. Forgets older buckets.
operation.prune = function()
  local key = prefix .. 'b:' .. ARGV[4]
  local oldest = tonumber(ARGV[5])
  local pruned = 0
  for _, field in ipairs(call('HKEYS', key)) do
    local bucket = string.match(field, '^(%-?%d+)%l$')
    if bucket and tonumber(bucket) < oldest then
      call('HDEL', key, field)
      pruned = pruned + 1
    end
  end
  return {'OK', text(pruned)}
end

-- uid. Forgets a budget that is not in force any more.
operation.drop = function()
  call('DEL', prefix .. 'b:' .. ARGV[4])
  return {'OK'}
end

-- position in the rating log. Begins an epoch.
operation.begin = function()
  if call('EXISTS', KEYS[1]) == 1 then
    return {'DONE'}
  end
  call('HSET', KEYS[1], 'p', ARGV[4], 'o', '0', 'g', '0')
  return {'OK'}
end

if ARGV[1] ~= 'begin' and call('EXISTS', KEYS[1]) == 0 then
  return {'LOST'}
end
return operation[ARGV[1]]()
