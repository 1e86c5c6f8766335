package hallows.kafka;

import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;

/// What is offered.
final class Apis {
    static final List<ApiKeys> OFFERED =
            List.of(
                    ApiKeys.PRODUCE,
                    ApiKeys.FETCH,
                    ApiKeys.LIST_OFFSETS,
                    ApiKeys.METADATA,
                    ApiKeys.API_VERSIONS,
                    ApiKeys.CREATE_TOPICS,
                    ApiKeys.DELETE_TOPICS,
                    ApiKeys.INIT_PRODUCER_ID,
                    ApiKeys.OFFSET_FOR_LEADER_EPOCH,
                    ApiKeys.DESCRIBE_CLUSTER,
                    ApiKeys.DESCRIBE_TOPIC_PARTITIONS);

    private Apis() {}
}
