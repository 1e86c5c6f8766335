package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.cluster.TopicImage;
import hallows.log.Durability;
import hallows.model.PartitionId;
import hallows.runtime.Alarm;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Report;
import hallows.simulation.Faults;
import hallows.simulation.SimDisk;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/// A broker in a world where nothing fails that a test does not want to fail.
final class BrokerRig implements AutoCloseable {
    static final Path LOGS = Path.of("/logs");

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    final SimulatedCluster cluster = new SimulatedCluster(Map.of());
    private final Simulation simulation = new Simulation(0, Faults.NONE);
    private final SimNode machine = simulation.node("a");
    private final List<Guest> guests = new ArrayList<>();
    private final BrokerProcess process;

    /// What the shards say: nothing, but where a test makes one fail.
    final List<Report> reports = new ArrayList<>();

    /// Does what a test wants to be done on one shard.
    private static final class Guest implements Door.Client {
        private final ArrayDeque<Consumer<Door>> wishes = new ArrayDeque<>();
        private @Nullable Alarm next;

        @Override
        public void enter(Door door) {
            next = door.alarm(() -> look(door));
            look(door);
        }

        private void look(Door door) {
            for (Consumer<Door> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
                wish.accept(door);
            }
            Objects.requireNonNull(next).setAfterMillis(1);
        }
    }

    /// One that serves, with as many shards.
    BrokerRig(int shards) {
        this(shards, Capacity.usual(BrokerProcess.MEMORY_BYTES));
    }

    /// The same, within other limits.
    BrokerRig(int shards, Capacity capacity) {
        machine.disk().createDirectories(LOGS).orThrow();
        process =
                new BrokerProcess(
                        machine,
                        new BrokerProcess.Plan(
                                shards,
                                Map.of(LOGS, new DirectoryId(7, 7)),
                                Durability.FSYNC,
                                capacity,
                                1),
                        cluster);
        process.open();
        until(process::isOpen);
        for (int shard = 0; shard < shards; shard++) {
            guests.add(new Guest());
        }
        process.serve(guests.stream().map(List::<Door.Client>of).toList(), reports::add);
    }

    SimDisk disk() {
        return machine.disk();
    }

    /// A topic that this broker leads, which it is told of.
    TopicImage create(String name, int partitions) {
        TopicImage topic = SimulatedCluster.topic(name, cluster.nextId(), partitions);
        cluster.create(topic);
        return topic;
    }

    /// As the cluster has it now.
    TopicImage now(TopicImage topic) {
        return cluster.image().topics().withId(topic.id()).orElseThrow();
    }

    static PartitionId first(TopicImage topic) {
        return new PartitionId(topic.id(), 0);
    }

    /// Does something on a shard, soon.
    void on(int shard, Consumer<Door> what) {
        guests.get(shard).wishes.add(what);
    }

    void until(BooleanSupplier holds) {
        simulation.run(holds, LIMIT);
    }

    /// Stops it, its storage too.
    BrokerProcess stop() {
        process.requestStop();
        simulation.run(process::hasEnded, STOP_LIMIT);
        process.stopStorage();
        until(process::hasStopped);
        return process;
    }

    void pass(Duration time) {
        simulation.runFor(time);
    }

    /// What becomes of a batch that is brought to a partition, through the first shard.
    Appended append(PartitionId partition) {
        return append(partition, batch());
    }

    /// The same of these bytes.
    Appended append(PartitionId partition, ByteBuffer bytes) {
        List<Appended> came = new ArrayList<>();
        on(
                0,
                door -> {
                    Append.Batch batch = new Append.Batch(partition, region(door, bytes));
                    door.send(
                            new Append(
                                    new Append.Terms(Append.Acks.ALL, 30_000),
                                    List.of(batch),
                                    door.once(_ -> came.add(batch.outcome()))));
                });
        until(() -> !came.isEmpty());
        return came.getFirst();
    }

    static MemoryRegion region(Door door, ByteBuffer batch) {
        MemoryRegion region =
                Objects.requireNonNull(door.seat().buffers().allocate(batch.remaining()));
        region.buffer().put(batch);
        return region;
    }

    /// One record, of now.
    static ByteBuffer batch() {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(1024),
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        Compression.NONE,
                        TimestampType.CREATE_TIME,
                        0);
        builder.append(1_767_225_600_000L, null, new byte[400]);
        return builder.build().buffer();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
