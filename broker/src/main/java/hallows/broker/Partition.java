package hallows.broker;

import hallows.log.LogObserver;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.runtime.BrokenInvariant;
import hallows.runtime.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One partition: its log, once there is one, and what this broker is to it now. Lives on its owner
/// shard.
final class Partition implements LogObserver {
    private final PartitionId id;
    private final Set<FetchRun> watchers = new LinkedHashSet<>();
    private @Nullable LedLog log;
    private boolean gone;
    private boolean failed;
    private Role role = new Role.Opening();

    /// What is to be done when the log is open.
    private final ArrayDeque<Runnable> parked = new ArrayDeque<>();

    /// Whether those that were parked have their turn now.
    private boolean admitting;

    Partition(PartitionId id) {
        this.id = id;
    }

    PartitionId id() {
        return id;
    }

    /// Its log, if it is open.
    @Nullable LedLog log() {
        return log;
    }

    /// Its log is open. Which role it has is not said yet: see [#take].
    void opened(LedLog opened) {
        log = opened;
    }

    /// Whether its log is still being opened or made.
    boolean isOpening() {
        return role instanceof Role.Opening;
    }

    /// This broker is something else to it from now on: who waits here is told.
    void take(Role next) {
        Role before = role;
        role = next;
        if (before instanceof Role.Leading(Leader leader)) {
            leader.lost(
                    Long.MIN_VALUE,
                    new Outcome.Refused(
                            ErrorCode.NOT_LEADER_OR_FOLLOWER, "somebody else may lead now"));
        }
        if (!admitting) {
            admit();
        }
        changed();
    }

    /// In the order in which they came: whoever comes because one of them was answered is the last.
    private void admit() {
        admitting = true;
        for (Runnable next = parked.poll(); next != null; next = parked.poll()) {
            next.run();
        }
        admitting = false;
    }

    /// The work of leading it, if it is led here.
    @Nullable Leader leader() {
        return role instanceof Role.Leading(Leader leader) ? leader : null;
    }

    private void changed() {
        new ArrayList<>(watchers).forEach(FetchRun::changed);
    }

    /// Calls `then` with the leader of the epoch that somebody believes in, or `otherwise` with why
    /// not; later, while the log is being opened.
    void led(int leaderEpoch, Consumer<Leader> then, Consumer<Outcome.Refused> otherwise) {
        if (admitting || isOpening()) {
            parked.addLast(() -> answered(leaderEpoch, then, otherwise));
        } else {
            answered(leaderEpoch, then, otherwise);
        }
    }

    private void answered(
            int leaderEpoch, Consumer<Leader> then, Consumer<Outcome.Refused> otherwise) {
        switch (role) {
            case Role.Opening _ -> throw new BrokenInvariant("who waits is called when it is over");
            case Role.Leading(Leader leader) -> {
                Outcome.Refused wrong = leader.wrongEpoch(leaderEpoch);
                if (wrong == null) {
                    then.accept(leader);
                } else {
                    otherwise.accept(wrong);
                }
            }
            case Role.Standby _ -> otherwise.accept(notLed());
            case Role.Offline(Fault why) ->
                    otherwise.accept(
                            new Outcome.Refused(ErrorCode.KAFKA_STORAGE_ERROR, why.message()));
        }
    }

    private static Outcome.Refused notLed() {
        return new Outcome.Refused(
                ErrorCode.NOT_LEADER_OR_FOLLOWER, "this broker does not lead the partition");
    }

    /// `run` is told when there is more to read, or nothing to read any more.
    void watch(FetchRun run) {
        watchers.add(run);
    }

    void unwatch(FetchRun run) {
        watchers.remove(run);
    }

    @Override
    public void written(long end) {
        if (role instanceof Role.Leading(Leader leader)) {
            leader.written(end);
            advance(leader);
        }
    }

    @Override
    public void durable(long end) {
        if (role instanceof Role.Leading(Leader leader)) {
            advance(leader);
        }
    }

    /// Something may be visible that was not.
    void advance(Leader leader) {
        if (leader.advanced() && !watchers.isEmpty()) {
            new ArrayList<>(watchers).forEach(run -> run.grew(leader.gained(run.isolation())));
        }
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        lost(from, fault);
    }

    private void lost(long from, Fault fault) {
        if (role instanceof Role.Leading(Leader leader)) {
            leader.lost(from, new Outcome.Refused(ErrorCode.KAFKA_STORAGE_ERROR, fault.message()));
        }
    }

    @Override
    public void truncated(long end) {
        // Only who follows cuts, and nobody waits for him.
    }

    @Override
    public void failed(long from, Fault fault) {
        failed = true;
        lost(from, fault);
        take(new Role.Offline(fault));
    }

    /// Whether its log has failed, and stays so.
    boolean hasFailed() {
        return failed;
    }

    /// It is not this broker's any more.
    void gone() {
        gone = true;
        take(new Role.Standby());
    }

    boolean isGone() {
        return gone;
    }
}
