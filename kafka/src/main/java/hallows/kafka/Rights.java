package hallows.kafka;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/// What a client may do, as bits in an answer. Nobody forbids anything here yet, so it is all that
/// can be allowed.
final class Rights {
    private static final List<AclOperation> TOPIC =
            List.of(
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.CREATE,
                    AclOperation.DESCRIBE,
                    AclOperation.DELETE,
                    AclOperation.ALTER,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.ALTER_CONFIGS);

    private static final List<AclOperation> CLUSTER =
            List.of(
                    AclOperation.CREATE,
                    AclOperation.CLUSTER_ACTION,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.ALTER_CONFIGS,
                    AclOperation.IDEMPOTENT_WRITE,
                    AclOperation.ALTER,
                    AclOperation.DESCRIBE);

    private Rights() {}

    static int ofTopic() {
        return bits(TOPIC);
    }

    static int ofCluster() {
        return bits(CLUSTER);
    }

    private static int bits(List<AclOperation> operations) {
        return operations.stream().mapToInt(one -> 1 << one.code()).reduce(0, (a, b) -> a | b);
    }
}
