package hallows.runtime;

/// The end of everything on a shard. Others wait for it, so each part is done whatever the parts
/// before it threw; that is told, too.
record Dismissal(Shard shard) {
    /// Ends every post, then closes every port, for nobody will read mail here any more.
    void run() {
        shard.posts().forEach(post -> surely(post::end));
        shard.switchboard().ports().forEach(port -> surely(port::close));
    }

    private void surely(Runnable deed) {
        try {
            deed.run();
        } catch (Throwable further) {
            shard.report(new Report.ShardStopped(shard.index(), further));
        }
    }
}
