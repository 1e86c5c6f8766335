package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.ControllerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// A controller that fails instead of answering, which it should not: everybody is answered all the
/// same, and a stop does not wait for what never comes.
class ControllerFailureTest {
    private static final short UNKNOWN = Errors.UNKNOWN_SERVER_ERROR.code();
    private final List<ControllerCall> asked = new ArrayList<>();

    private FrontScenario front() {
        return new FrontScenario(1, Images.orchard(), this::fail);
    }

    private CompletableFuture<ApiMessage> fail(ControllerCall call) {
        asked.add(call);
        if (asked.size() % 2 == 0) {
            throw new IllegalStateException("it fails at once");
        }
        return CompletableFuture.failedFuture(new IllegalStateException("it fails"));
    }

    @Test
    void whoCreatesOrDeletesTopicsIsTold() {
        try (FrontScenario front = front()) {
            RawClient client = front.connect();
            CreateTopicsRequestData create = new CreateTopicsRequestData();
            create.topics().add(new CreatableTopic().setName("figs").setNumPartitions(1));
            for (int version = 2; version <= 7; version++) {
                var told = front.ask(client, create, version, new CreateTopicsResponseData());
                assertEquals(UNKNOWN, told.topics().find("figs").errorCode());
            }
            var older = new DeleteTopicsRequestData().setTopicNames(List.of("figs"));
            var told = front.ask(client, older, 5, new DeleteTopicsResponseData());
            assertEquals(UNKNOWN, told.responses().find("figs").errorCode());
            Uuid id = new Uuid(1, 2);
            DeleteTopicState byId = new DeleteTopicState().setName(null).setTopicId(id);
            var newer = new DeleteTopicsRequestData().setTopics(List.of(byId));
            told = front.ask(client, newer, 6, new DeleteTopicsResponseData());
            assertEquals(UNKNOWN, told.responses().iterator().next().errorCode());
            assertEquals(id, told.responses().iterator().next().topicId());
            front.stopServer();
        }
    }

    @Test
    void aTopicThatWasNotCreatedIsAskedForAgain() {
        try (FrontScenario front = front()) {
            RawClient client = front.connect();
            MetadataRequestData request = new MetadataRequestData();
            request.topics().add(new MetadataRequestTopic().setName("plums"));
            for (int i = 1; i < 4; i++) {
                front.ask(client, request, 9);
                int count = i;
                front.run(() -> asked.size() == count);
            }
        }
    }
}
