package hallows.broker;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.log.Log;
import hallows.log.LogOptions;
import hallows.log.Logs;
import hallows.model.PartitionId;
import hallows.runtime.Fault;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.HashSet;
import java.util.Set;

/// What the cluster wants of this broker, as far as this shard owns it: which logs it has, and what
/// it is to their partitions. Follows the pictures of the cluster. Lives on its shard.
final class Custody {
    private static final long RETRY_MILLIS = 500;

    private final Seat seat;
    private final Premises premises;
    private final Partitions partitions;
    private final Housing housing;
    private Pictures.Picture picture;
    private boolean stopped;

    /// Those about which the controller is asked again soon.
    private final Set<PartitionId> unheard = new HashSet<>();

    Custody(Seat seat, Premises premises, Partitions partitions, Housing housing) {
        this.seat = seat;
        this.premises = premises;
        this.partitions = partitions;
        this.housing = housing;
        this.picture = premises.pictures().latest();
    }

    /// The latest picture that has come here.
    ClusterImage image() {
        return picture.image();
    }

    /// Takes what the cluster has given to this shard so far, and follows it from there.
    void begin() {
        image().topics().stream()
                .forEach(topic -> topic.partitions().forEach(each -> seen(topic, each)));
        for (PartitionId left : premises.storage().left()) {
            // They were opened by an earlier picture of this chain: it has shown them to go since.
            if (isMine(left)) {
                housing.clear(left);
            }
        }
        follow();
    }

    private boolean isMine(PartitionId id) {
        return premises.placement().ownerOf(id) == seat.shard();
    }

    /// Follows no more: what changes from here on is seen at the next start.
    void stop() {
        stopped = true;
    }

    private void follow() {
        if (stopped) {
            return;
        }
        for (Pictures.Picture next = picture.next(); next != null; next = picture.next()) {
            picture = next;
            changed(next.delta());
        }
        Promise<Result.Done> more = seat.promise();
        more.then(_ -> follow());
        premises.pictures().whenNew(picture, more);
    }

    private void changed(ClusterDelta delta) {
        for (TopicImage topic : delta.deleted()) {
            topic.partitions().forEach(each -> release(id(topic, each)));
        }
        delta.partitions().forEach(change -> seen(change.topic(), change.after()));
        delta.configs().forEach(this::configured);
    }

    private static PartitionId id(TopicImage topic, PartitionImage image) {
        return new PartitionId(topic.id(), image.index());
    }

    private void seen(TopicImage topic, PartitionImage after) {
        PartitionId id = id(topic, after);
        if (!isMine(id)) {
            return;
        }
        if (!after.replicas().contains(premises.options().nodeId())) {
            release(id);
            return;
        }
        Partition partition = partitions.find(id);
        if (partition == null) {
            Partition fresh = new Partition(id);
            partitions.add(fresh);
            housing.open(fresh, topic, () -> settle(fresh));
        } else if (!partition.isOpening()) {
            settle(partition);
        }
    }

    private void release(PartitionId id) {
        Partition removed = partitions.remove(id);
        if (removed != null) {
            housing.giveUp(removed);
        }
    }

    /// Makes a partition what the cluster wants it to be, once its log is open.
    private void settle(Partition partition) {
        LedLog log = partition.log();
        var topic = image().topics().withId(partition.id().topic());
        var wanted = image().topics().partition(partition.id());
        if (log == null || partition.hasFailed() || topic.isEmpty() || wanted.isEmpty()) {
            return;
        }
        PartitionImage now = wanted.get();
        if (now.leader() != premises.options().nodeId()) {
            partition.take(new Role.Standby());
            return;
        }
        lead(partition, log, topic.get(), now);
        if (now.recovering()) {
            recovered(partition.id(), now);
        }
    }

    private void lead(Partition partition, LedLog log, TopicImage topic, PartitionImage now) {
        Leader before = partition.leader();
        Leader leader =
                before != null && before.epoch() == now.leaderEpoch()
                        ? before
                        : new Leader(log, housing.station(), now.leaderEpoch());
        // Before anybody asks it: what may be seen follows from that.
        leader.replicas(
                now.isr().size(), LogSettings.replicasMin(image().configs().topic(topic.name())));
        if (leader != before) {
            log.log().begin(now.leaderEpoch());
            log.logs().staged(log.log());
            partition.take(new Role.Leading(leader));
        }
        partition.advance(leader);
    }

    private void recovered(PartitionId id, PartitionImage now) {
        Promise<Result<Result.Done>> said = seat.promise();
        said.then(result -> {
            if (result instanceof Result.Failed<Result.Done>(Fault why)) {
                premises.options().notices().accept(new Notice.Delayed("recovery of " + id, why));
                sayAgain(id);
            }
        });
        premises.petitions().recovered(id, now, said::complete);
    }

    /// If that is still to be said then.
    private void sayAgain(PartitionId id) {
        if (unheard.add(id)) {
            seat.alarm(
                            () -> {
                                unheard.remove(id);
                                Partition partition = partitions.find(id);
                                if (partition != null && !stopped) {
                                    settle(partition);
                                }
                            })
                    .setAfterMillis(RETRY_MILLIS);
        }
    }

    private void configured(ConfigOwner owner) {
        if (owner.kind() == ConfigOwner.Kind.TOPIC) {
            image().topics()
                    .named(owner.name())
                    .ifPresent(topic -> topic.partitions().forEach(each -> configure(topic, each)));
        } else if (owner.equals(ConfigOwner.ALL_BROKERS)
                || owner.equals(ConfigOwner.broker(premises.options().nodeId()))) {
            image().topics().stream()
                    .forEach(topic -> topic.partitions().forEach(each -> configure(topic, each)));
        }
    }

    private void configure(TopicImage topic, PartitionImage each) {
        Partition partition = partitions.find(id(topic, each));
        if (partition != null && partition.log() instanceof LedLog(Log log, Logs logs)) {
            log.options(options(topic));
            logs.staged(log);
            settle(partition);
        }
    }

    private LogOptions options(TopicImage topic) {
        return premises.options().settings().options(image().configs().topic(topic.name()));
    }
}
