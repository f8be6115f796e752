-- No plan depends on what stands in the arrays of a block, and to gather statistics of them took
-- autovacuum seconds, again whenever the table had grown by a tenth.
alter table posting_block_shard_0
    alter column usage_positions set statistics 0,
    alter column rating_positions set statistics 0,
    alter column occur_times set statistics 0,
    alter column routes set statistics 0,
    alter column costs set statistics 0,
    alter column charges set statistics 0;
