package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Cores;
import hallows.runtime.Endpoint;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Clients of the service, as an application: appenders that share the partitions, and a follower
/// for each partition.
///
/// @param appenders how many
/// @param partitions over how many partitions each spreads its records
/// @param records how many records each appends
/// @param window how many it has underway
/// @param payloadBytes the payload of a record, at most; the sizes vary below it
public record Load(int appenders, int partitions, long records, int window, int payloadBytes) {
    private static final TopicId TOPIC = new TopicId(0x68616c6c6f7773L, 1);

    /// What a payload begins with: who wrote it, and the number.
    static final int PAYLOAD_BYTES_MIN = 16;

    /// The clients as an application on one core, that is told when they run what they saw.
    public Application application(
            Endpoint service, Witness witness, Cores cores, long memoryBytes) {
        return Application.named("load")
                .on(cores)
                .memory(memoryBytes)
                .runningIn(SchedulingClass.BACKEND)
                .component("clients", seat -> new Clients(seat, this, service, witness));
    }

    /// One of the partitions.
    public static PartitionId partition(int number) {
        return new PartitionId(TOPIC, number);
    }

    /// Who wrote a payload.
    public static long writer(ByteBuffer payload) {
        return payload.getLong(0);
    }

    /// Which of its writer's records a payload is.
    public static long number(ByteBuffer payload) {
        return payload.getLong(8);
    }

    /// Whether a payload is as it was written, to the last byte.
    static boolean isWhole(ByteBuffer payload) {
        long number = number(payload);
        for (int i = PAYLOAD_BYTES_MIN; i < payload.limit(); i++) {
            if (payload.get(i) != (byte) (number + Wire.REQUEST_BYTES + i)) {
                return false;
            }
        }
        return true;
    }

    /// What one appender does.
    ///
    /// @param id which it is
    /// @param load of which
    record Appends(int id, Load load) {
        long count() {
            return load.records;
        }

        int window() {
            return load.window;
        }

        PartitionId partition(long number) {
            return Load.partition((int) ((number + id) % load.partitions));
        }

        int payloadBytes(long number) {
            int spread = load.payloadBytes - PAYLOAD_BYTES_MIN + 1;
            return PAYLOAD_BYTES_MIN + (int) ((number * 7919 + id * 31L) % spread);
        }

        void fill(ByteBuffer payload, long number) {
            payload.putLong(id).putLong(number);
            while (payload.hasRemaining()) {
                payload.put((byte) (number + payload.position()));
            }
        }
    }

    /// All clients of a load on one shard.
    public static final class Clients implements Component {
        private final List<Appender> appenders = new ArrayList<>();
        private final List<Follower> followers = new ArrayList<>();

        Clients(Seat seat, Load load, Endpoint service, Witness witness) {
            for (int id = 0; id < load.appenders; id++) {
                appenders.add(new Appender(seat, service, new Appends(id, load), witness));
            }
            for (int number = 0; number < load.partitions; number++) {
                followers.add(new Follower(seat, service, partition(number), witness));
            }
        }

        @Override
        public void start() {
            appenders.forEach(Client::connect);
            followers.forEach(Client::connect);
        }

        /// Whether all appenders are through.
        public boolean isDone() {
            return appenders.stream().allMatch(Appender::isDone);
        }

        @Override
        public void close() {
            appenders.forEach(Client::close);
            followers.forEach(Client::close);
        }
    }
}
