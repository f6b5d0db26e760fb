{%- extends "nbgrader/base_500.tpl" -%}

{%- block body -%}
<p>{{ say("lists.error_500") }}</p>
{%- endblock -%}
