import type { Agent, AgentId, Channel, ChannelId, PropertyId, Team, TeamId } from "@foyer/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./api.ts";
import { readWithFeed } from "./feed.ts";
import { keys } from "./keys.ts";

/** Agents and teams of a property, by id: a timeline names them on every line. */
export interface People {
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly teams: ReadonlyMap<TeamId, Team>;
}

const nobody: People = { agents: new Map(), teams: new Map() };

/** Whom a conversation can be assigned to. */
export function peopleOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.people(propertyId),
    queryFn: async ({ signal }): Promise<People> => {
      const { agents, teams } = await call("getPropertyPeople", { propertyId }, signal);
      return {
        agents: new Map(agents.map((agent) => [agent.id, agent])),
        teams: new Map(teams.map((team) => [team.id, team])),
      };
    },
  });
}

export function usePeople(propertyId: PropertyId): People {
  return useQuery(peopleOptions(propertyId)).data ?? nobody;
}

/** The channels of a property, also those that ended: what was said on them stays. */
export function channelsOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.channels(propertyId),
    queryFn: async ({ signal }): Promise<ReadonlyMap<ChannelId, Channel>> => {
      const { items } = await call("listChannels", { propertyId }, signal);
      return new Map(items.map((channel) => [channel.id, channel]));
    },
  });
}

const noChannels: ReadonlyMap<ChannelId, Channel> = new Map();

export function useChannels(propertyId: PropertyId): ReadonlyMap<ChannelId, Channel> {
  return useQuery(channelsOptions(propertyId)).data ?? noChannels;
}

/** Whether guests can reach a property at all; undefined before that is known. */
export function useIsReachable(propertyId: PropertyId): boolean | undefined {
  return useQuery({ ...channelsOptions(propertyId), select: hasActive }).data;
}

function hasActive(channels: ReadonlyMap<ChannelId, Channel>): boolean {
  return [...channels.values()].some(({ isActive }) => isActive);
}

/** Exact numbers for each view. */
export function countsOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.counts(propertyId),
    queryFn: ({ signal }) =>
      readWithFeed(
        () => call("countConversations", { propertyId }, signal),
        (counts) => counts,
        (counts) => counts,
      ),
  });
}
