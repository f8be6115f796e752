-- No plan depends on what stands in payloads and metadata.
alter table event_shard_0
    alter column payload set statistics 0,
    alter column metadata set statistics 0;
