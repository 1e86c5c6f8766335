package hallows.cluster.kafka;

import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.controller.QuorumController;

/// Changes what is configured in the cluster. Levels of loggers are not: the broker that is asked
/// sees to those itself and does not ask here.
///
/// @param controller whom to ask
record ConfigDesk(QuorumController controller) {
    /// Changes some values.
    CompletableFuture<IncrementalAlterConfigsResponseData> change(
            ControllerRequestContext context, IncrementalAlterConfigsRequestData request) {
        Asked<Map<String, Map.Entry<OpType, String>>> asked = new Asked<>();
        for (IncrementalAlterConfigsRequestData.AlterConfigsResource one : request.resources()) {
            Map<String, Map.Entry<OpType, String>> changes = new HashMap<>();
            // An entry, since taking a value away leaves it null.
            one.configs()
                    .forEach(to ->
                            changes.put(
                                    to.name(),
                                    new SimpleEntry<>(
                                            OpType.forId(to.configOperation()), to.value())));
            asked.note(one.resourceType(), one.resourceName(), changes);
        }
        return controller
                .incrementalAlterConfigs(context, asked.sound, request.validateOnly(), false)
                .thenApply(results -> {
                    IncrementalAlterConfigsResponseData response =
                            new IncrementalAlterConfigsResponseData();
                    asked.answers(results)
                            .forEach(answer -> response.responses().add(answer.changed()));
                    return response;
                });
    }

    /// Puts values in the place of all that there were.
    CompletableFuture<AlterConfigsResponseData> replace(
            ControllerRequestContext context, AlterConfigsRequestData request) {
        Asked<Map<String, String>> asked = new Asked<>();
        for (AlterConfigsRequestData.AlterConfigsResource one : request.resources()) {
            Map<String, String> values = new HashMap<>();
            one.configs().forEach(to -> values.put(to.name(), to.value()));
            asked.note(one.resourceType(), one.resourceName(), values);
        }
        return controller
                .legacyAlterConfigs(context, asked.sound, request.validateOnly(), false)
                .thenApply(results -> {
                    AlterConfigsResponseData response = new AlterConfigsResponseData();
                    asked.answers(results)
                            .forEach(answer -> response.responses().add(answer.replaced()));
                    return response;
                });
    }

    /// What one request asks for: the sound part, by resource, and answers to the rest.
    private static final class Asked<T> {
        final Map<ConfigResource, T> sound = new HashMap<>();
        private final Set<ConfigResource> twice = new HashSet<>();
        private final List<Answer> answers = new ArrayList<>();

        void note(byte type, String name, T wanted) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.forId(type), name);
            if (resource.type() == ConfigResource.Type.UNKNOWN) {
                answers.add(
                        new Answer(
                                type,
                                name,
                                new ApiError(
                                        Errors.UNSUPPORTED_VERSION,
                                        "Unknown resource type " + type + ".")));
            } else if (!twice.contains(resource) && sound.put(resource, wanted) != null) {
                twice.add(resource);
                sound.remove(resource);
                answers.add(
                        new Answer(
                                type,
                                name,
                                new ApiError(Errors.INVALID_REQUEST, "Duplicate resource.")));
            }
        }

        List<Answer> answers(Map<ConfigResource, ApiError> results) {
            results.forEach((resource, error) ->
                    answers.add(new Answer(resource.type().id(), resource.name(), error)));
            return answers;
        }
    }

    /// What came of one resource.
    private record Answer(byte type, String name, ApiError error) {
        IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse changed() {
            return new IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse()
                    .setResourceType(type)
                    .setResourceName(name)
                    .setErrorCode(error.error().code())
                    .setErrorMessage(error.message());
        }

        AlterConfigsResponseData.AlterConfigsResourceResponse replaced() {
            return new AlterConfigsResponseData.AlterConfigsResourceResponse()
                    .setResourceType(type)
                    .setResourceName(name)
                    .setErrorCode(error.error().code())
                    .setErrorMessage(error.message());
        }
    }
}
