/**
 * The agency that the roster's benchmark looks at: creators with two channels, five streams (one of them in another
 * currency) and their projections, month by month, and receipts for one creator in four. Written by SQL past the
 * walls, through the same triggers as everything else; always the same numbers, ending with the month before `today`.
 */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { addMonths, type Day, type Month, monthOf } from "../model/month";

export interface BenchAgency {
  userId: string;
  agencyId: string;
  /** the last month that is over */
  month: Month;
}

/** Fills the database with one agency and its creators. `sql` passes the walls. */
export async function fillRoster(
  sql: postgres.Sql,
  today: Day,
  size: { creators: number; months: number },
): Promise<BenchAgency> {
  const [userId, agencyId] = [randomUUID(), randomUUID()];
  const month = addMonths(monthOf(today), -1);
  await sql.begin(async (tx) => {
    await tx`select set_config('app.user_id', ${userId}, true)`;
    await tx`insert into users (id, email, name, password_hash) values (${userId}, ${`${userId}@bench.invalid`}, 'Bench', 'none')`;
    await tx`insert into agencies (id, name, currency, created_by) values (${agencyId}, 'Bench', 'USD', ${userId})`;
    await tx`
      create temporary table who on commit drop as
      select gen_random_uuid() as id, gen_random_uuid() as tiktok, gen_random_uuid() as youtube, gen_random_uuid() as owner, n
      from generate_series(1, ${size.creators}::int) n`;
    await tx`
      create temporary table period on commit drop as
      select to_char(m, 'YYYY-MM') as month, m::date as first, (m + interval '1 month - 1 day')::date as last, row_number() over (order by m) as nth
      from generate_series(to_date(${month}, 'YYYY-MM') - make_interval(months => ${size.months - 1}::int), to_date(${month}, 'YYYY-MM'), interval '1 month') m`;
    await tx`
      insert into creators (id, name, currency, time_zone, created_by)
      select id, 'Creator ' || n || ' ' || left(md5(n::text), 6), 'USD', 'America/New_York', owner from who`;
    await tx`
      insert into channels (creator_id, id, platform, name, handle, niche, body_hash)
      select w.id, c.id, c.platform, 'Channel ' || w.n, '@channel' || w.n, (array['food', 'gaming', 'finance', 'beauty'])[1 + w.n % 4], '\\x00'
      from who w cross join lateral (values (w.tiktok, 'tiktok'), (w.youtube, 'youtube')) c(id, platform)`;
    await tx`
      insert into representations (id, agency_id, creator_id, amounts, notes, may_edit, email, secret_hash, invited_by, expires_at, accepted_at, accepted_by)
      select gen_random_uuid(), ${agencyId}, id, true, true, false, 'asked@bench.invalid', '\\x00', ${userId}, now(), now(), owner from who`;
    await tx`
      insert into traffic (creator_id, id, channel_id, format, from_day, to_day, views, qualified_views, watch_seconds, origin, body_hash)
      select w.id, gen_random_uuid(), c.id, 'all', p.first, p.last, v.views, case when c.nth = 1 then v.views * 42 / 100 end, v.views * 30, 'typed', '\\x00'
      from who w cross join period p
      cross join lateral (values (w.tiktok, 1), (w.youtube, 2)) c(id, nth)
      cross join lateral (select 100000 + abs(hashtext(w.n || ' ' || p.nth || ' ' || c.nth)) % 900000 as views) v`;
    await tx`
      create temporary table paid on commit drop as
      select w.id as creator_id, gen_random_uuid() as id, w.n, p.*, s.*,
        10000 + abs(hashtext(w.n || ' ' || p.nth || ' ' || s.stream)) % 90000 as minor
      from who w cross join period p
      cross join lateral (values (w.tiktok, 'rewards', 'tiktok', 'USD'), (w.tiktok, 'gift', 'tiktok', 'USD'), (w.youtube, 'ads', 'youtube', 'USD'),
        (w.youtube, 'subscription', 'youtube', 'USD'), (w.tiktok, 'affiliate', 'tiktok', 'EUR')) s(channel_id, stream, platform, currency)`;
    await tx`
      insert into payouts (creator_id, id, chain_id, channel_id, format, stream, kind, state, from_day, to_day, minor, currency, recorded_by, body_hash)
      select creator_id, id, id, channel_id, 'all', stream, 'earning', 'final', first, last, minor, currency, ${userId}, '\\x00' from paid`;
    await tx`
      insert into rates (creator_id, id, day, base, quote, rate, source, recorded_by, body_hash)
      select w.id, gen_random_uuid(), p.last, 'EUR', 'USD', 1.05 + (p.nth % 10) * 0.01, 'ECB', ${userId}, '\\x00' from who w cross join period p`;
    // One creator in four keeps receipts: all that is older than the last three months has come.
    await tx`
      insert into receipts (creator_id, id, received_on, minor, currency, fee_minor, recorded_by, body_hash)
      select creator_id, id, last + 25, minor, currency, 0, ${userId}, '\\x00' from paid where n % 4 = 0 and nth <= ${size.months - 3}`;
    await tx`
      insert into allocations (creator_id, receipt_id, chain_id, minor)
      select creator_id, id, id, minor from paid where n % 4 = 0 and nth <= ${size.months - 3}`;
    // As long as a real one, so that reading it costs as much.
    await tx`
      insert into projections (creator_id, id, target_month, horizon, as_of, stream, platform, format, currency, basis, denominator,
        views_projected, median_minor, lo80_minor, hi80_minor, rate, model_version, prior_version, input_hash, detail)
      select creator_id, gen_random_uuid(), month, 1, first, stream, platform, 'all', currency, 'own', 'views', 500000, m, m / 2, m * 2,
        case currency when 'EUR' then 1.08 end, '1', '1', '', jsonb_build_object('bench', repeat(md5(id::text), 60))
      from paid cross join lateral (select minor * (80 + abs(hashtext(id::text)) % 40) / 100 as m) made`;
    await tx`
      insert into projections (creator_id, id, target_month, horizon, as_of, stream, platform, format, currency, basis, denominator,
        views_projected, median_minor, lo80_minor, hi80_minor, model_version, prior_version, input_hash, detail)
      select creator_id, gen_random_uuid(), target_month, 1, min(as_of), 'total', 'all', 'all', 'USD', 'sum', 'views', 500000,
        sum(median_minor), sum(median_minor) * 8 / 10, sum(median_minor) * 12 / 10, '1', '1', '', '{}'
      from projections where creator_id = any (select id from who) group by creator_id, target_month`;
  });
  await sql.unsafe("vacuum analyze");
  return { userId, agencyId, month };
}
