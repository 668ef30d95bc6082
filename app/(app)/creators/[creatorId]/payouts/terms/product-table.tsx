import { Missing } from "@/components/money";
import { Table } from "@/components/ui/table";
import { dayName } from "@/lib/format";
import { type ProductRate, rateOn } from "@/lib/model/commission";
import { addDays, type Day } from "@/lib/model/month";
import { percentText } from "../makings-text";

export type Product = { name: string; rates: readonly ProductRate[] };

/** What an order of today pays: to who begins today, to who promoted before the last cut, and by ads. */
export function ProductTable({
  products,
  today,
  locale,
}: {
  products: readonly Product[];
  today: Day;
  locale: string;
}) {
  return (
    <Table
      caption="Commission of today's orders"
      rows={products.map((product) => ({ ...product, ...todayOf(product.rates, today) }))}
      rowKey={({ name }) => name}
      columns={[
        { key: "product", header: "Product", lead: true, cell: ({ name }) => name },
        { key: "fresh", header: "Begun today", numeric: true, cell: ({ fresh }) => <Rate ppm={fresh} /> },
        {
          key: "kept",
          header: "Promoted before",
          numeric: true,
          cell: ({ kept, until }) => (
            <>
              <Rate ppm={kept} />
              {until && <span className="ml-1.5 text-muted">to {dayName(until, locale)}</span>}
            </>
          ),
        },
        { key: "ads", header: "By ads", numeric: true, cell: ({ byAds }) => <Rate ppm={byAds} /> },
      ]}
    />
  );
}

function todayOf(rates: readonly ProductRate[], today: Day) {
  const first = rates.map(({ fromDay }) => fromDay).sort()[0] ?? today;
  const since = { promotedSince: addDays(first, -1) };
  const fresh = rateOn(rates, today, { promotedSince: today });
  const kept = rateOn(rates, today, since);
  let until: Day | null = null;
  for (
    let day = today;
    kept !== null && kept !== fresh && rateOn(rates, day, since) === kept;
    day = addDays(day, 1)
  )
    until = day;
  return { fresh, kept, until, byAds: rateOn(rates, today, { ...since, isByAds: true }) };
}

function Rate({ ppm }: { ppm: number | null }) {
  return ppm === null ? <Missing word="no rate yet" /> : <>{percentText(ppm)}%</>;
}
