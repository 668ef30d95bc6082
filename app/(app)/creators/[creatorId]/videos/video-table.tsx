import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Missing, Money } from "@/components/money";
import { Table } from "@/components/ui/table";
import type { Video, VideoSort } from "@/db/videos";
import { count, dayName } from "@/lib/format";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import { FORMAT_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { channelName } from "../options";

type VideoTableProps = {
  creatorId: string;
  rows: readonly Video[];
  params: SearchParams;
  order: Order<VideoSort>;
  locale: string;
  /** not where the creator shares no amounts */
  showsIncome: boolean;
  empty: ReactNode;
};

export function VideoTable(props: VideoTableProps) {
  const { creatorId, rows, params, order, locale, showsIncome, empty } = props;
  const sort = (key: VideoSort) => sortOf(paths.videos(creatorId), params, order, key);
  return (
    <Table
      caption="Videos"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "title",
          header: "Title",
          lead: true,
          sort: sort("title"),
          cell: ({ id, title }) => (
            <Link href={paths.video(creatorId, id) as Route} className="link">
              {title}
            </Link>
          ),
        },
        {
          key: "published",
          header: "Published",
          sort: sort("published"),
          className: "figures",
          cell: ({ publishedOn }) =>
            publishedOn ? dayName(publishedOn, locale) : <Missing word="unknown" />,
        },
        {
          key: "channel",
          header: "Channel",
          cell: ({ channelName: name, platform }) => channelName({ name, platform }),
        },
        { key: "format", header: "Format", cell: ({ format }) => FORMAT_LABEL[format] },
        {
          key: "views",
          header: "Views",
          numeric: true,
          sort: sort("views"),
          cell: ({ views }) => (views === null ? <Missing /> : count(views, locale)),
        },
        ...(showsIncome
          ? [
              {
                key: "income",
                header: "Income",
                numeric: true,
                sort: sort("income"),
                cell: ({ income }: Video) => <Income income={income} locale={locale} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** One figure per currency: they never add. */
export function Income({ income, locale }: { income: Video["income"]; locale: string }) {
  if (income.length === 0) return <Missing />;
  return income.map(({ minor, currency }) => (
    <span key={currency} className="block">
      <Money minor={minor} currency={currency} locale={locale} />
    </span>
  ));
}
