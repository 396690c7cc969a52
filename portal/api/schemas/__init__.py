"""JSON in and out: names, types and descriptions, as they stand in the OpenAPI description."""
