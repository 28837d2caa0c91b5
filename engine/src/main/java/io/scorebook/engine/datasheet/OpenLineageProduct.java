package io.scorebook.engine.datasheet;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.InputFieldTransformations;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.JobEvent;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import io.openlineage.client.OpenLineage.TagsDatasetFacetFields;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Input;
import io.scorebook.engine.datasheet.Datasheet.Source;
import io.scorebook.engine.datasheet.Datasheet.Table;
import io.scorebook.semantic.lineage.Lineage.Use;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A product in OpenLineage's words: what it reads, what it gives, and how the columns of the one
/// become those of the other.
public final class OpenLineageProduct {
  /// Who says so, in each event and facet.
  public static final URI PRODUCER = URI.create("urn:scorebook:gateway");

  /// What tables are called that lie nowhere, and products that are not served.
  private static final String NOWHERE = "scorebook";

  private final OpenLineage openLineage = new OpenLineage(PRODUCER);
  private final Datasheet sheet;

  public OpenLineageProduct(Datasheet sheet) {
    this.sheet = sheet;
  }

  /// A dataset's name, by the rules of OpenLineage: together an address.
  public record Name(String namespace, String name) {

    /// Of what lies at `s3://bucket/key`, or under another scheme.
    public static Name ofLocation(String location) {
      URI uri = URI.create(location);
      if (uri.getScheme() == null || uri.getAuthority() == null) {
        return new Name("file", location);
      }
      return new Name(
          uri.getScheme() + "://" + uri.getAuthority(), uri.getPath().replaceAll("^/+|/+$", ""));
    }
  }

  /// The product as a job of its own, without a run: a document.
  JobEvent event(ZonedDateTime at) {
    return openLineage.newJobEvent(at, job(), inputs(), outputs());
  }

  /// What makes the product: its publication.
  public Job job() {
    var facets = openLineage.newJobFacetsBuilder();
    facets.jobType(openLineage.newJobTypeJobFacet("BATCH", "SCOREBOOK", "PRODUCT", null));
    facets.documentation(
        openLineage.newDocumentationJobFacet(sheet.product().purpose(), "text/plain"));
    facets.ownership(
        openLineage.newOwnershipJobFacet(
            List.of(openLineage.newOwnershipJobFacetOwners(sheet.product().owner(), "OWNER"))));
    return openLineage.newJob(namespace(), "product." + sheet.product().schema(), facets.build());
  }

  /// The namespace of its jobs and of the tables that it gives.
  private String namespace() {
    return sheet
        .address()
        .map(address -> "scorebook://" + address.http().getAuthority())
        .orElse(NOWHERE);
  }

  /// The source tables.
  public List<InputDataset> inputs() {
    return sheet.inputs().stream().map(this::input).toList();
  }

  private InputDataset input(Input input) {
    var facets = openLineage.newDatasetFacetsBuilder();
    Name name = name(input.name());
    facets.schema(
        openLineage.newSchemaDatasetFacet(
            input.contract().fields().stream().map(this::field).toList()));
    input
        .contract()
        .doc()
        .ifPresent(doc ->
            facets.documentation(openLineage.newDocumentationDatasetFacet(doc, "text/plain")));
    List<TagsDatasetFacetFields> tags =
        input.contract().fields().stream()
            .flatMap(field -> field.pii().map(pii -> tag("pii", pii, field.name())).stream())
            .toList();
    if (!tags.isEmpty()) {
      facets.tags(openLineage.newTagsDatasetFacet(tags));
    }
    input.snapshot().ifPresent(id -> facets.version(openLineage.newDatasetVersionDatasetFacet(id)));
    source(facets, name);
    if (!name.name().equals(input.name())) {
      facets.symlinks(
          openLineage.newSymlinksDatasetFacet(
              List.of(
                  openLineage.newSymlinksDatasetFacetIdentifiers(
                      name.namespace(), input.name(), "TABLE"))));
    }
    return openLineage.newInputDataset(name.namespace(), name.name(), facets.build(), null);
  }

  private Name name(String table) {
    Optional<String> location =
        sheet.inputs().stream()
            .filter(input -> input.name().equals(table))
            .findFirst()
            .flatMap(Input::stored)
            .map(Datasheet.Stored::location);
    return location.map(Name::ofLocation).orElse(new Name(NOWHERE, table));
  }

  private void source(DatasetFacetsBuilder facets, Name name) {
    if (!name.namespace().equals(NOWHERE)) {
      facets.dataSource(
          openLineage.newDatasourceDatasetFacet(name.namespace(), URI.create(name.namespace())));
    }
  }

  private SchemaDatasetFacetFields field(Contract.Field field) {
    return openLineage
        .newSchemaDatasetFacetFieldsBuilder()
        .name(field.name())
        .type(field.type().sqlName())
        .description(field.doc().orElse(null))
        .build();
  }

  private TagsDatasetFacetFields tag(String key, String value, String column) {
    return openLineage.newTagsDatasetFacetFields(key, value, "SCOREBOOK", column);
  }

  /// The ports.
  public List<OutputDataset> outputs() {
    return sheet.ports().stream().map(this::output).toList();
  }

  private OutputDataset output(Table table) {
    var facets = openLineage.newDatasetFacetsBuilder();
    facets.schema(
        openLineage.newSchemaDatasetFacet(table.columns().stream().map(this::field).toList()));
    table
        .port()
        .description()
        .ifPresent(doc ->
            facets.documentation(openLineage.newDocumentationDatasetFacet(doc, "text/plain")));
    facets.ownership(
        openLineage.newOwnershipDatasetFacet(
            List.of(openLineage.newOwnershipDatasetFacetOwners(sheet.product().owner(), "OWNER"))));
    facets.version(openLineage.newDatasetVersionDatasetFacet(table.port().version().toString()));
    facets.datasetType(openLineage.newDatasetTypeDatasetFacet("VIEW", "PRODUCT"));
    facets.columnLineage(columnLineage(table));
    List<TagsDatasetFacetFields> tags = tags(table);
    if (!tags.isEmpty()) {
      facets.tags(openLineage.newTagsDatasetFacet(tags));
    }
    sheet
        .address()
        .ifPresent(address ->
            facets.dataSource(openLineage.newDatasourceDatasetFacet(namespace(), address.http())));
    return openLineage.newOutputDataset(
        namespace(), sheet.product().schema() + "." + table.port().name(), facets.build(), null);
  }

  private SchemaDatasetFacetFields field(Column column) {
    return openLineage
        .newSchemaDatasetFacetFieldsBuilder()
        .name(column.name())
        .type(Types.sql(column.type()))
        .description(column.description().orElse(null))
        .build();
  }

  private List<TagsDatasetFacetFields> tags(Table table) {
    var tags = new ArrayList<TagsDatasetFacetFields>();
    for (Column column : table.columns()) {
      column.pii().forEach(what -> tags.add(tag("pii", what, column.name())));
      column.synonyms().forEach(word -> tags.add(tag("synonym", word, column.name())));
      column
          .metric()
          .ifPresent(metric -> tags.add(tag("formula", metric.expression(), column.name())));
    }
    return tags;
  }

  private OpenLineage.ColumnLineageDatasetFacet columnLineage(Table table) {
    var fields = openLineage.newColumnLineageDatasetFacetFieldsBuilder();
    for (Column column : table.columns()) {
      List<Source> own = table.own(column);
      if (!own.isEmpty()) {
        fields.put(
            column.name(),
            openLineage
                .newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                .inputFields(fields(own))
                .build());
      }
    }
    return openLineage.newColumnLineageDatasetFacet(fields.build(), fields(table.rows()));
  }

  /// Each source column once, with all that it is used for.
  private List<InputField> fields(Collection<Source> sources) {
    var byColumn = new TreeMap<String, List<Source>>();
    sources.forEach(
        source -> byColumn.computeIfAbsent(source.written(), _ -> new ArrayList<>()).add(source));
    return byColumn.values().stream()
        .map(uses -> {
          Name name = name(uses.getFirst().table());
          return openLineage.newInputField(
              name.namespace(),
              name.name(),
              uses.getFirst().column(),
              uses.stream().map(this::transformation).toList());
        })
        .toList();
  }

  private InputFieldTransformations transformation(Source source) {
    return openLineage.newInputFieldTransformations(
        type(source.use()), subtype(source.use()), null, source.isMasked());
  }

  /// Whether the values go in, or only decide.
  static String type(Use use) {
    return use.isValue() ? "DIRECT" : "INDIRECT";
  }

  /// What OpenLineage calls it.
  static String subtype(Use use) {
    return switch (use) {
      case IDENTITY -> "IDENTITY";
      case TRANSFORMATION -> "TRANSFORMATION";
      case AGGREGATION -> "AGGREGATION";
      case FILTER -> "FILTER";
      case JOIN -> "JOIN";
      case GROUP -> "GROUP_BY";
      case ORDER -> "SORT";
      case WINDOW -> "WINDOW";
    };
  }
}
