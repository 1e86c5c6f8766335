package hallows.cluster.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.controller.QuorumController;

/// Creates, deletes and grows topics. What a request says twice is refused here, as in Kafka,
/// before the controller sees it.
final class TopicDesk {
    private static final int DISABLED_VERSION = 3;
    private static final String TWICE = "Duplicate topic name.";

    private final QuorumController controller;
    private final boolean deletes;

    TopicDesk(QuorumController controller, boolean deletes) {
        this.controller = controller;
        this.deletes = deletes;
    }

    CompletableFuture<CreateTopicsResponseData> create(
            ControllerRequestContext context, CreateTopicsRequestData request) {
        Set<String> twice = new HashSet<>();
        Set<String> names = new HashSet<>();
        request.topics().forEach(topic -> note(topic.name(), names, twice));
        CreateTopicsRequestData sound = request.duplicate();
        sound.topics().removeIf(topic -> !isCreatable(topic, twice));
        Set<String> describable = new HashSet<>(names);
        describable.remove(Topic.CLUSTER_METADATA_TOPIC_NAME);
        return controller
                .createTopics(context, sound, describable, false)
                .thenApply(response -> {
                    twice.forEach(name -> response.topics().add(refused(name, TWICE)));
                    if (names.contains(Topic.CLUSTER_METADATA_TOPIC_NAME)) {
                        response.topics().add(refusedInternal());
                    }
                    return response;
                });
    }

    private static boolean isCreatable(CreatableTopic topic, Set<String> twice) {
        return !twice.contains(topic.name())
                && !topic.name().equals(Topic.CLUSTER_METADATA_TOPIC_NAME);
    }

    private static CreatableTopicResult refusedInternal() {
        String name = Topic.CLUSTER_METADATA_TOPIC_NAME;
        return refused(name, "Creation of internal topic " + name + " is prohibited.");
    }

    private static CreatableTopicResult refused(String name, String why) {
        return new CreatableTopicResult()
                .setName(name)
                .setErrorCode(Errors.INVALID_REQUEST.code())
                .setErrorMessage(why);
    }

    /// A name that comes again is in `twice` and no longer in `once`.
    private static void note(String name, Set<String> once, Set<String> twice) {
        if (twice.contains(name) || !once.add(name)) {
            once.remove(name);
            twice.add(name);
        }
    }

    CompletableFuture<DeleteTopicsResponseData> delete(
            ControllerRequestContext context, DeleteTopicsRequestData request) {
        if (!deletes) {
            throw deletionDisabled(context.requestHeader().requestApiVersion());
        }
        return new TopicDeletion(controller, context).run(request);
    }

    /// The first clients do not know that deletion can be disabled.
    private static ApiException deletionDisabled(short version) {
        return version < DISABLED_VERSION
                ? new InvalidRequestException("This version does not support topic deletion.")
                : new TopicDeletionDisabledException();
    }

    CompletableFuture<CreatePartitionsResponseData> grow(
            ControllerRequestContext context, CreatePartitionsRequestData request) {
        Set<String> twice = new HashSet<>();
        Set<String> once = new LinkedHashSet<>();
        request.topics().forEach(topic -> note(topic.name(), once, twice));
        List<CreatePartitionsTopic> topics = new ArrayList<>();
        once.forEach(name -> topics.add(request.topics().find(name)));
        List<CreatePartitionsTopicResult> results = new ArrayList<>();
        twice.forEach(name ->
                results.add(
                        new CreatePartitionsTopicResult()
                                .setName(name)
                                .setErrorCode(Errors.INVALID_REQUEST.code())
                                .setErrorMessage(TWICE)));
        return controller
                .createPartitions(context, topics, request.validateOnly())
                .thenApply(grown -> {
                    results.addAll(grown);
                    return new CreatePartitionsResponseData().setResults(results);
                });
    }
}
