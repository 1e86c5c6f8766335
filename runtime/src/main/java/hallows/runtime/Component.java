package hallows.runtime;

/// A part of an application on one shard: supervised, restarted on its own. All its code runs
/// there.
public interface Component {
    /// Begins. What throws here counts as a failure.
    void start();

    /// Takes in no more, finishes what is underway, and keeps the promise. The shard works on
    /// meanwhile.
    default void stop(Promise<Result.Done> done) {
        done.complete(Result.Done.DONE);
    }

    /// The end, after a stop or a failure: release the regions it still owns. Links, tasks, alarms
    /// and held messages are seen to by the shard.
    default void close() {}
}
